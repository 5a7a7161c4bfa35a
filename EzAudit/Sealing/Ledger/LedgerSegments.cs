using System.Globalization;
using EzAudit.Settings.Model;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Ledger;

/// <summary>The segments of a ledger, open for reading as long as they were when they were opened. Thread-safe.</summary>
internal sealed class LedgerSegments : IDisposable
{
    /// <summary>The file with the newest checkpoint, relative to the log directory.</summary>
    public const string CheckpointName = $"{DirectoryName}/checkpoint";

    /// <summary>The directory of the ledger in the log directory.</summary>
    public const string DirectoryName = SealSettings.LedgerDirectory;

    private const string Extension = ".ezl";

    /// <summary>The usual size of a part: large enough to amortize starting its work, small enough to stay in the cache of a core.</summary>
    public const int UsualPart = 256 << 10;

    private readonly IReadOnlyList<(PlainContent Content, long Length)> _segments;

    private LedgerSegments(IReadOnlyList<(PlainContent, long)> segments, int? missing)
    {
        _segments = segments;
        Missing = missing;
    }

    /// <summary>The number of the first segment that is missing although a later one exists; <see langword="null"/> if none is.</summary>
    public int? Missing { get; }

    public int Count => _segments.Count;

    /// <summary>The bytes of all segments.</summary>
    public long Length => _segments.Sum(segment => segment.Length);

    /// <summary>The name of a segment, relative to the log directory.</summary>
    public static string NameOf(int segment) => string.Create(CultureInfo.InvariantCulture, $"{DirectoryName}/{segment:000000}{Extension}");

    /// <summary>Opens the segments up to the first one that is missing.</summary>
    /// <param name="directory">The log directory.</param>
    public static LedgerSegments Open(string directory)
    {
        SortedSet<int> numbers = [];
        foreach (string path in Directory.EnumerateFiles(Path.Combine(directory, DirectoryName), "*" + Extension))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && NameOf(number) == $"{DirectoryName}/{name}{Extension}") numbers.Add(number);
        }
        int? missing = null;
        var segments = new List<(PlainContent, long)>();
        foreach (int number in numbers)
        {
            if (number != segments.Count + 1)
            {
                missing = segments.Count + 1;
                break;
            }
            PlainContent content = PlainContent.Open(Path.Combine(directory, NameOf(number)));
            segments.Add((content, content.Length ?? 0));
        }
        return new LedgerSegments(segments, missing);
    }

    /// <summary>Divides the ledger into parts of whole lines, in order; an empty segment is an empty part.</summary>
    /// <param name="size">The bytes of a part, within the length of a line.</param>
    public IEnumerable<LedgerPart> Divide(int size)
    {
        int index = 0;
        for (int segment = 1; segment <= _segments.Count; segment++)
        {
            long length = _segments[segment - 1].Length;
            long start = 0;
            do
            {
                long end = length - start <= size ? length : EndOfLine(segment, start + size);
                yield return new LedgerPart(index++, segment, start, (int)(end - start));
                start = end;
            }
            while (start < length);
        }
    }

    /// <summary>Fills a buffer from a place of a segment; returns fewer bytes if the segment was truncated meanwhile.</summary>
    public int Read(int segment, long offset, Span<byte> bytes)
    {
        int count = 0;
        while (count < bytes.Length && _segments[segment - 1].Content.Read(bytes[count..], offset + count) is > 0 and int read) count += read;
        return count;
    }

    public void Dispose()
    {
        foreach ((PlainContent content, _) in _segments) content.Dispose();
    }

    // The end of the last line that ends at or before an offset. If no line does, the offset itself: what is longer than a line is damage anyway.
    private long EndOfLine(int segment, long offset)
    {
        Span<byte> bytes = stackalloc byte[LedgerLine.MaxLength];
        int count = Read(segment, offset - bytes.Length, bytes);
        int end = bytes[..count].LastIndexOf((byte)'\n');
        return end < 0 ? offset : offset - bytes.Length + end + 1;
    }
}

/// <summary>A part of the ledger that is read at a time.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Segment">The number of its segment, from 1.</param>
/// <param name="Offset">Where it starts in the segment.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct LedgerPart(int Index, int Segment, long Offset, int Length);
