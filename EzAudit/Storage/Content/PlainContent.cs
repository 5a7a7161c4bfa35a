using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Content;

/// <summary>The bytes of a file as they lie on disk. Never in the way of those who write, rename or delete it. For several threads.</summary>
internal sealed class PlainContent(SafeFileHandle handle) : ILogContent
{
    public static PlainContent Open(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan));

    /// <summary>How long it is now; <see langword="null"/> for a pipe and its like.</summary>
    public long? Length
    {
        get
        {
            try
            {
                return RandomAccess.GetLength(handle);
            }
            catch (NotSupportedException)
            {
                return null;
            }
        }
    }

    /// <summary>The same for what can be read only forward.</summary>
    public ForwardContent ToForward() => new(new FileStream(handle, FileAccess.Read, bufferSize: 0));

    public int Read(Span<byte> bytes, long offset) => RandomAccess.Read(handle, bytes, offset);

    public void Dispose() => handle.Dispose();
}

/// <summary>Content as far as an offset: what is written meanwhile is not seen. Does not own it.</summary>
internal sealed class BoundedContent(ILogContent content, long length) : ILogContent
{
    public int Read(Span<byte> bytes, long offset) =>
        offset >= length ? 0 : content.Read(bytes.Length > length - offset ? bytes[..(int)(length - offset)] : bytes, offset);

    public void Dispose()
    {
    }
}
