using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage.Content;

/// <summary>The bytes of a log file, from any source.</summary>
internal interface ILogContent : IDisposable
{
    /// <summary>Reads at an offset; returns 0 at the end. Sources that cannot seek must be read in order.</summary>
    int Read(Span<byte> bytes, long offset);
}

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

    /// <summary>The same open file, for somebody else to dispose; usable as long as this one is not disposed.</summary>
    public PlainContent Share() => new(new SafeFileHandle(handle.DangerousGetHandle(), ownsHandle: false));

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
