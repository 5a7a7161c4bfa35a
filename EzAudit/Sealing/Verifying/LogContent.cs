using System.Diagnostics.CodeAnalysis;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Verifying;

/// <summary>A file of the log directory that may be a log file of the ledger. Stays readable after it is renamed or deleted. Thread-safe once it is matched.</summary>
/// <param name="file">The file; bytes behind the length that was listed before the ledger was read may be too new for the ledger.</param>
internal sealed class LogContent(ListedFile file) : IDisposable
{
    // The first extents of most files end before this.
    private const int StartLength = 32 << 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<LogEvidence, LogTally> _kept = [];
    private PlainContent? _plain;
    private byte[]? _start;

    public ListedFile File => file;

    public string Name => file.Name;

    /// <summary>Whether it is compared by its decompressed text.</summary>
    public bool IsCompressed { get; } = file.Name.EndsWith(".gz", StringComparison.Ordinal);

    /// <summary>The log files of the ledger that it is.</summary>
    public List<LogEvidence> Logs { get; } = [];

    /// <summary>What is wrong with the compressed data; <see langword="null"/> as long as nothing was found.</summary>
    public string? Failure { get; set; }

    /// <summary>The length of the text: of compressed data once they are read to the end.</summary>
    public long Length { get; set; }

    /// <summary>How much of it the ledger must know.</summary>
    public long AttestableLength => file.IsLate ? 0 : IsCompressed ? Length : Math.Min(file.Identity.Length, Length);

    /// <summary>Opens a file that is read at any offset; false if it is gone.</summary>
    public bool TryOpenPlain([NotNullWhen(true)] out PlainContent? content)
    {
        lock (_gate)
        {
            if (_plain is null && TryOpen(out PlainContent? opened))
            {
                _plain = opened;
                Length = opened.Length ?? 0;
            }
            content = _plain;
            return content is not null;
        }
    }

    /// <summary>Opens the text of a compressed file; false if the file is gone. The caller disposes it.</summary>
    public bool TryOpenText([NotNullWhen(true)] out GzipContent? text)
    {
        text = TryOpen(out PlainContent? opened) ? new GzipContent(opened) : null;
        return text is not null;
    }

    /// <summary>Whether it contains an extent unchanged.</summary>
    public bool Contains(in ExtentProbe extent)
    {
        if (Failure is not null) return false;
        using var window = new ContentWindow();
        if (!IsCompressed) return TryOpenPlain(out PlainContent? plain) && window.Check(plain, extent) == ExtentState.Right;
        if (extent.End <= StartLength) return window.Check(Start(), extent) == ExtentState.Right;
        if (!TryOpenText(out GzipContent? text)) return false;
        using (text) return window.Check(text, extent) == ExtentState.Right;
    }

    /// <summary>Keeps what was found here for a log file that is in another file as well.</summary>
    public void KeepTally(LogEvidence log, ContentTally tally) => _kept[log] = tally.Logs[log];

    /// <summary>What was found here for a log file.</summary>
    public LogTally TallyOf(LogEvidence log, ContentTally tally) => _kept.GetValueOrDefault(log) ?? tally.Logs.GetValueOrDefault(log) ?? new LogTally(log);

    /// <summary>Releases what was kept for matching.</summary>
    public void EndMatching()
    {
        _start = null;
        if (Logs.Count == 0) Dispose();
    }

    public void Dispose()
    {
        _plain?.Dispose();
        _plain = null;
    }

    // Many compressed files may be compared with many log files.
    private MemoryContent Start()
    {
        if (_start is not null || !TryOpenText(out GzipContent? text)) return new MemoryContent(_start ?? []);
        using (text)
        {
            byte[] start = new byte[StartLength];
            int count = 0;
            while (count < start.Length && text.Read(start.AsSpan(count), count) is > 0 and int read) count += read;
            _start = start[..count];
        }
        return new MemoryContent(_start);
    }

    private bool TryOpen([NotNullWhen(true)] out PlainContent? content)
    {
        try
        {
            content = file.Open();
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Renamed or removed since the directory was listed.
            content = null;
            return false;
        }
    }
}

/// <summary>Content in memory.</summary>
internal sealed class MemoryContent(ReadOnlyMemory<byte> content) : ILogContent
{
    public int Read(Span<byte> bytes, long offset)
    {
        if (offset >= content.Length) return 0;
        ReadOnlySpan<byte> rest = content.Span[(int)offset..];
        int count = Math.Min(rest.Length, bytes.Length);
        rest[..count].CopyTo(bytes);
        return count;
    }

    public void Dispose()
    {
    }
}
