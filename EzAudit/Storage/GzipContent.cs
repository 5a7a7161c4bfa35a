using System.IO.Compression;

namespace EzAudit.Storage;

/// <summary>The text in a compressed file. Read forward; going back begins anew. Where the compressed data is broken, the text ends.</summary>
internal sealed class GzipContent(PlainContent file) : ILogContent
{
    private const int SkipSize = 64 << 10;

    private GZipStream? _text;
    private long _offset;

    /// <summary>What is wrong with the compressed data; <see langword="null"/> as long as nothing was found.</summary>
    public string? Failure { get; private set; }

    /// <summary>Where the text was read to.</summary>
    public long End => _offset;

    /// <summary>Whether a file begins as a compressed one does.</summary>
    public static bool IsCompressed(PlainContent file)
    {
        Span<byte> start = stackalloc byte[2];
        return file.Read(start, 0) == 2 && start.SequenceEqual((ReadOnlySpan<byte>)[0x1f, 0x8b]);
    }

    public int Read(Span<byte> bytes, long offset)
    {
        if (_text is null || offset < _offset)
        {
            _text?.Dispose();
            _text = new GZipStream(new ContentStream(file), CompressionMode.Decompress);
            _offset = 0;
        }
        byte[] skipped = offset > _offset ? new byte[SkipSize] : [];
        while (offset > _offset)
        {
            if (ReadOn(skipped.AsSpan(0, (int)Math.Min(SkipSize, offset - _offset))) == 0) return 0;
        }
        return ReadOn(bytes);
    }

    private int ReadOn(Span<byte> bytes)
    {
        try
        {
            int read = _text!.Read(bytes);
            _offset += read;
            return read;
        }
        catch (InvalidDataException failure)
        {
            Failure = failure.Message;
            return 0;
        }
    }

    public void Dispose()
    {
        _text?.Dispose();
        file.Dispose();
    }
}
