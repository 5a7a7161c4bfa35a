using System.Buffers;

namespace EzAudit.Extensibility;

/// <summary>How a record becomes bytes, and back. Called by many threads at once.</summary>
public interface IAuditFormat
{
    /// <summary>The bytes that end every record and stand nowhere inside one. A log file that ends otherwise has a torn tail.</summary>
    ReadOnlySpan<byte> Terminator { get; }

    /// <summary>The bytes that start every record, where they are always the same; empty where they are not.</summary>
    ReadOnlySpan<byte> Start => [];

    /// <summary>
    /// The bytes that close a torn tail before the next record: they end with <see cref="Terminator"/>, and behind whatever the
    /// torn record stopped at they let <see cref="Read"/> see that it is torn.
    /// </summary>
    ReadOnlySpan<byte> TornTailEnd => Terminator;

    /// <summary>Whether <see cref="Read"/> works.</summary>
    bool CanRead => false;

    /// <summary>Writes one record, its terminator included. Nothing a caller put into the record may end it or start another.</summary>
    /// <param name="record">The record.</param>
    /// <param name="output">Where the bytes go.</param>
    void Write(in AuditRecordView record, IBufferWriter<byte> output);

    /// <summary>Reads the record, or the piece that is none, at the start of some bytes.</summary>
    /// <param name="bytes">Bytes of a log file, from the end of the piece before.</param>
    /// <param name="isFinal">Whether the file ends with them; when not, the answer may be that more are needed.</param>
    /// <returns>What stands there and how many bytes it covers. Never throws on bad bytes.</returns>
    AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal) => throw new NotSupportedException("This format is not read back.");
}
