using EzAudit.Records;

namespace EzAudit.Storage.Content;

/// <summary>An open file as a stream: reads from the beginning, writes at the end. Only for files that no other process writes to.</summary>
internal sealed class AppendFileStream(IAppendFile file, string path) : Stream
{
    private long _offset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => file.Identify().Length;

    public override long Position
    {
        get => _offset;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = file.Read(buffer, _offset);
        _offset += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int written = file.Append(buffer);
            if (written <= 0)
                throw new StorageException(AuditWriteStage.Rotate, path, 0, "", $"{path}: no room for {buffer.Length} bytes: the disk is full or a limit is reached.");
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
