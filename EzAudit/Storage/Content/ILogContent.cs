namespace EzAudit.Storage.Content;

/// <summary>The bytes of a log file, wherever they come from.</summary>
internal interface ILogContent : IDisposable
{
    /// <summary>Reads at an offset; 0 at the end. What cannot go back reads forward only.</summary>
    int Read(Span<byte> bytes, long offset);
}
