using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Content;

/// <summary>The bytes of a file as they are on disk. Never blocks programs that write, rename or delete the file. Thread-safe.</summary>
internal sealed class PlainContent(SafeFileHandle handle) : ILogContent
{
    public static PlainContent Open(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan));

    /// <summary>The current length; <see langword="null"/> for pipes and the like.</summary>
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

    /// <summary>The same bytes, for files that cannot seek.</summary>
    public ForwardContent ToForward() => new(new FileStream(handle, FileAccess.Read, bufferSize: 0));

    public int Read(Span<byte> bytes, long offset) => RandomAccess.Read(handle, bytes, offset);

    public void Dispose() => handle.Dispose();
}

/// <summary>Content up to an offset; bytes written beyond it are not seen. Does not dispose the underlying content.</summary>
internal sealed class BoundedContent(ILogContent content, long length) : ILogContent
{
    public int Read(Span<byte> bytes, long offset) =>
        offset >= length ? 0 : content.Read(bytes.Length > length - offset ? bytes[..(int)(length - offset)] : bytes, offset);

    public void Dispose()
    {
    }
}
