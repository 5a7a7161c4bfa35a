namespace EzAudit.Cli.Output;

/// <summary>Buffered standard output. Distinguishes a closed pipe from other failures.</summary>
internal sealed class OutputStream : Stream
{
    private const int BrokenPipe = 32;
    private const int BufferBytes = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly Stream _target = StandardStream.OpenOutput();
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
        // Cleared first: bytes that failed once are not written again.
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
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"standard output: {failure.Message}", failure);
        }
    }
}

/// <summary>The reader of the output has closed its end of the pipe.</summary>
internal sealed class OutputClosedException(Exception cause) : Exception("The output is closed.", cause);
