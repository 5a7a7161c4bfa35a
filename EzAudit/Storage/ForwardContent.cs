namespace EzAudit.Storage;

/// <summary>The bytes of a stream that is read forward only, such as standard input.</summary>
internal sealed class ForwardContent(Stream stream) : ILogContent
{
    private long _offset;

    public int Read(Span<byte> bytes, long offset)
    {
        if (offset != _offset) throw new InvalidOperationException("A stream is read only once.");
        int read = stream.Read(bytes);
        _offset += read;
        return read;
    }

    public void Dispose() => stream.Dispose();
}
