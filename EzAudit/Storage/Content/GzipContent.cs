using System.IO.Compression;

namespace EzAudit.Storage.Content;

/// <summary>The text of a compressed file. It is read forward; going back starts over. Where the compressed data is damaged, the text ends.</summary>
internal sealed class GzipContent(PlainContent file) : ILogContent
{
    private const int SkipSize = 64 << 10;

    private GZipStream? _text;
    private GzipSource _source = new(file);
    private long _offset;
    private bool _isChecked;

    /// <summary>What is wrong with the compressed data; <see langword="null"/> if no problem was found so far.</summary>
    public string? Failure { get; private set; }

    /// <summary>The offset up to which the text was read.</summary>
    public long End => _offset;

    /// <summary>Whether a file starts with the gzip signature.</summary>
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
            _source = new GzipSource(file);
            _text = new GZipStream(new ContentStream(_source), CompressionMode.Decompress);
            _offset = 0;
            _isChecked = false;
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
            if (_source.IsAtEnd || (read == 0 && !bytes.IsEmpty))
            {
                CheckEnd(bytes[..read]);
                return 0;
            }
            _offset += read;
            return read;
        }
        catch (InvalidDataException failure)
        {
            Failure = _source.IsAtEnd ? CutOff : $"compressed data that is damaged: {failure.Message}";
            return 0;
        }
    }

    private const string CutOff = "compressed data that is cut off";

    // Can be read only once; later calls find the end already checked.
    private void CheckEnd(ReadOnlySpan<byte> first)
    {
        if (_isChecked) return;
        _isChecked = true;
        if (!_source.IsAtEnd)
        {
            Failure = "extra data after the compressed data";
            return;
        }
        byte[] text = new byte[GzipSource.Text.Length + 1];
        first[..Math.Min(first.Length, text.Length)].CopyTo(text);
        int count = first.Length;
        for (int read = 1; read > 0 && count < text.Length; count += read) read = _text!.Read(text.AsSpan(count));
        if (count != GzipSource.Text.Length || !text.AsSpan(0, count).SequenceEqual(GzipSource.Text)) Failure = CutOff;
    }

    public void Dispose()
    {
        _text?.Dispose();
        file.Dispose();
    }
}

/// <summary>The bytes of a compressed file followed by a gzip member of our own with a known text. Does not dispose the file.</summary>
/// <remarks>
/// .NET's <see cref="GZipStream"/> mistakes truncated data for the end, and ignores anything after the last member. If our member comes out whole,
/// with nothing before it, all members of the file were whole and nothing else followed them.
/// </remarks>
internal sealed class GzipSource(ILogContent file) : ILogContent
{
    private static readonly byte[] Member = Compress(Text);

    private long _end = long.MaxValue;

    /// <summary>The text of our member.</summary>
    public static ReadOnlySpan<byte> Text => "EzAudit: here ends the file"u8;

    /// <summary>Whether the end of the file was reached: anything decompressed from now on is not its text.</summary>
    public bool IsAtEnd => _end != long.MaxValue;

    public int Read(Span<byte> bytes, long offset)
    {
        int read = IsAtEnd ? 0 : file.Read(bytes, offset);
        if (read > 0 || bytes.IsEmpty) return read;
        if (!IsAtEnd) _end = offset;
        int given = (int)(offset - _end);
        int count = Math.Min(bytes.Length, Member.Length - given);
        Member.AsSpan(given, count).CopyTo(bytes);
        return count;
    }

    public void Dispose()
    {
    }

    private static byte[] Compress(ReadOnlySpan<byte> text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal)) gzip.Write(text);
        return compressed.ToArray();
    }
}
