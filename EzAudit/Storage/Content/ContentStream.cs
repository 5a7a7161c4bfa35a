using EzAudit.Records;

namespace EzAudit.Storage.Content;

/// <summary>A file as a stream, as .NET's compression expects it: reads from the beginning, writes at the end. Does not dispose the file.</summary>
internal sealed class ContentStream : Stream
{
    private readonly Func<Span<byte>, long, int> _read;
    private readonly IAppendFile? _file;
    private readonly string _path = "";
    private long _offset;

    /// <summary>A stream that only reads.</summary>
    public ContentStream(ILogContent content) => _read = content.Read;

    /// <summary>A stream over an open file. No other process may write to the file at the same time.</summary>
    public ContentStream(IAppendFile file, string path)
    {
        _read = file.Read;
        _file = file;
        _path = path;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => _file is not null;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _offset;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = _read(buffer, _offset);
        _offset += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_file is null) throw new NotSupportedException();
        while (buffer.Length > 0)
        {
            int written = _file.Append(buffer);
            if (written <= 0) throw new StorageException(AuditWriteStage.Rotate, _path, $"no room for {buffer.Length} bytes: the disk is full or a limit is reached.");
            buffer = buffer[written..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
