using EzAudit.Formats;

namespace EzAudit.Reading;

/// <summary>Takes the pieces of a classic log one after the other: all of them, or those that may hold what is wanted.</summary>
internal interface IPieceSink
{
    /// <param name="bytes">The piece.</param>
    /// <param name="piece">What it is.</param>
    /// <param name="offset">Where it is in the file.</param>
    void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset);
}
