namespace EzAudit.Storage;

/// <summary>Content as far as an offset: what is written meanwhile is not seen. Does not own it.</summary>
internal sealed class BoundedContent(ILogContent content, long length) : ILogContent
{
    public int Read(Span<byte> bytes, long offset) =>
        offset >= length ? 0 : content.Read(bytes.Length > length - offset ? bytes[..(int)(length - offset)] : bytes, offset);

    public void Dispose()
    {
    }
}
