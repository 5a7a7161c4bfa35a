namespace EzAudit.Storage.Content;

/// <summary>The bytes of a log file, from any source.</summary>
internal interface ILogContent : IDisposable
{
    /// <summary>Reads at an offset; returns 0 at the end. Sources that cannot seek must be read in order.</summary>
    int Read(Span<byte> bytes, long offset);
}
