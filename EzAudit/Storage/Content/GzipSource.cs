using System.IO.Compression;

namespace EzAudit.Storage.Content;

/// <summary>The bytes of a compressed file followed by a gzip member of our own with a known text, as input for <see cref="GZipStream"/>.</summary>
/// <remarks>
/// .NET's <see cref="GZipStream"/> mistakes truncated data for the end, and ignores anything after the last member. If our member comes out whole,
/// with nothing before it, all members of the file were whole and nothing else followed them.
/// </remarks>
internal sealed class GzipSource(ILogContent content) : Stream
{
    private static readonly byte[] Member = Compress(Text);

    private readonly ContentStream _content = new(content);
    private int _given;

    /// <summary>The text of our member.</summary>
    public static ReadOnlySpan<byte> Text => "EzAudit: here ends the file"u8;

    /// <summary>Whether the end of the file was reached: anything decompressed from now on is not its text.</summary>
    public bool IsAtEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = IsAtEnd ? 0 : _content.Read(buffer);
        if (read > 0 || buffer.IsEmpty) return read;
        IsAtEnd = true;
        int count = Math.Min(buffer.Length, Member.Length - _given);
        Member.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] Compress(ReadOnlySpan<byte> text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal)) gzip.Write(text);
        return compressed.ToArray();
    }
}
