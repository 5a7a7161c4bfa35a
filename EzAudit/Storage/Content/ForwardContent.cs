namespace EzAudit.Storage.Content;

/// <summary>The bytes of a stream that cannot seek, such as standard input.</summary>
internal sealed class ForwardContent(Stream stream) : ILogContent
{
    private byte[] _peeked = [];
    private long _offset;

    public int Read(Span<byte> bytes, long offset)
    {
        if (offset != _offset) throw new InvalidOperationException("A stream is read only once.");
        int read = _peeked.Length > 0 ? TakePeeked(bytes) : stream.Read(bytes);
        _offset += read;
        return read;
    }

    /// <summary>The first bytes, which <see cref="Read"/> returns again. Blocks until they arrive; fewer if the stream ends first.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        byte[] bytes = new byte[count];
        _peeked = bytes[..stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
        return _peeked;
    }

    public void Dispose() => stream.Dispose();

    private int TakePeeked(Span<byte> bytes)
    {
        int count = Math.Min(bytes.Length, _peeked.Length);
        _peeked.AsSpan(0, count).CopyTo(bytes);
        _peeked = _peeked[count..];
        return count;
    }
}
