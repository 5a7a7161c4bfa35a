using Microsoft.Win32.SafeHandles;

namespace EzAudit.Cli.Output;

/// <summary>Standard output, collected into large pieces. Tells a closed pipe from other failures.</summary>
internal sealed class OutputStream : Stream
{
    private const int BrokenPipe = 32;
    private const int StandardOutput = 1;
    private const int BufferBytes = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly Stream _target = Open();
    private int _count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _count) Flush();
        if (bytes.Length > _buffer.Length)
        {
            Pass(bytes);
            return;
        }
        bytes.CopyTo(_buffer.AsSpan(_count));
        _count += bytes.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        int count = _count;
        // Not again, whatever happens to it.
        _count = 0;
        if (count > 0) Pass(_buffer.AsSpan(0, count));
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _target.Write(bytes);
        }
        catch (IOException failure) when (failure.HResult == BrokenPipe)
        {
            throw new OutputClosedException(failure);
        }
    }

    // .NET's console stream says nothing of a closed pipe, so that a search would go on for nobody. A stream over the descriptor
    // does; but of a file it would keep its own position, and what the shell writes next would land upon it.
    private static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return Console.OpenStandardOutput();
        try
        {
            var direct = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, 0);
            return direct.CanSeek ? Console.OpenStandardOutput() : direct;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.OpenStandardOutput();
        }
    }
}
