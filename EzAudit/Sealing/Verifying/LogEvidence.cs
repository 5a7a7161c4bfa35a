using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Verifying;

/// <summary>What the ledger says about one log file.</summary>
/// <param name="id">Its number.</param>
/// <param name="inode">Its inode, a hint for writers.</param>
/// <param name="baseLength">How many of its first bytes are older than the ledger.</param>
/// <param name="name">Its name when it became known, relative to the log directory.</param>
internal sealed class LogEvidence(long id, long inode, long baseLength, string name)
{
    public long Id => id;

    public long Base => baseLength;

    public string FirstName { get; } = name;

    /// <summary>The name that the ledger last gave it.</summary>
    public string Name { get; set; } = name;

    /// <summary>Whether it was removed by retention.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Whether it was there before the ledger, compressed: its offsets mean nothing, and nothing vouches for it.</summary>
    public bool IsOlder => FirstName.EndsWith(".gz", StringComparison.Ordinal);

    /// <summary>The ranges of <c>r</c>.</summary>
    public CoveredRanges Records { get; } = new();

    /// <summary>The ranges of <c>a</c>.</summary>
    public CoveredRanges Adopted { get; } = new();

    /// <summary>The ranges of <c>u</c>.</summary>
    public CoveredRanges Torn { get; } = new();

    /// <summary>All ranges, and the base.</summary>
    public CoveredRanges Covered { get; } = CoverBase(baseLength);

    /// <summary>The extent by which the file is recognized: the first in the file whose digest can be checked.</summary>
    public ExtentProbe? First { get; set; }

    /// <summary>The alarms that it was shorter than expected.</summary>
    public IReadOnlyList<ShortenedAlarm> Alarms { get; set; } = [];

    public bool HasExtents { get; private set; }

    /// <summary>The file that it is; <see langword="null"/> if none was found.</summary>
    public LogContent? Content { get; set; }

    /// <summary>The parts of the ledger with the first and the last of its extents.</summary>
    public (int First, int Last) Parts { get; private set; }

    /// <summary>The text of its line <c>w</c>.</summary>
    public string Hint => $"w {id} {inode} {baseLength} {Covered} {Name}\n";

    public CoveredRanges RangesOf(LeafKind kind) => kind switch
    {
        LeafKind.Records => Records,
        LeafKind.Adopted => Adopted,
        _ => Torn,
    };

    /// <summary>Adds an extent.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="part">The part of the ledger that contains it.</param>
    public void Add(in ParsedLine line, int part)
    {
        Parts = HasExtents ? (Parts.First, part) : (part, part);
        HasExtents = true;
        if (line.Leaf == LeafKind.Erased) return;
        RangesOf(line.Leaf).Add(line.Offset, line.Offset + line.Size);
        Covered.Add(line.Offset, line.Offset + line.Size);
    }

    /// <summary>Whether an extent would stand before the one by which the file is recognized.</summary>
    public bool IsBeforeFirst(long offset, long seq) => First is not { } first || offset < first.Offset || (offset == first.Offset && seq < first.Seq);

    /// <summary>The first alarm after a leaf that says that the file no longer reaches so far; <see langword="null"/> if there is none.</summary>
    public ShortenedAlarm? AlarmOf(long seq, long end)
    {
        foreach (ShortenedAlarm alarm in Alarms)
        {
            if (alarm.Seq > seq && alarm.Actual < end) return alarm;
        }
        return null;
    }

    private static CoveredRanges CoverBase(long length)
    {
        var ranges = new CoveredRanges();
        ranges.Add(0, length);
        return ranges;
    }
}

/// <summary>An extent, with what is needed to check it.</summary>
internal readonly record struct ExtentProbe(long Seq, long Offset, long Length, UInt128 Salt, TreeHash Digest)
{
    public long End => Offset + Length;

    public static ExtentProbe Of(in LedgerLine line)
    {
        UInt128 salt = 0;
        line.CopySalt(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new Span<UInt128>(ref salt)));
        return new ExtentProbe(line.Seq, line.Offset, line.Length, salt, line.Digest);
    }
}

/// <summary>An alarm that a log file was shorter than the ledger vouched for.</summary>
/// <param name="Seq">Its leaf.</param>
/// <param name="Actual">The length that was found.</param>
/// <param name="CheckpointSize">The leaves that the last checkpoint covered, as the writer of the alarm knew it: their bytes were on disk.</param>
internal readonly record struct ShortenedAlarm(long Seq, long Actual, long CheckpointSize);
