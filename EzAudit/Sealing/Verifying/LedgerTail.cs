using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Verifying;

/// <summary>Reads the state of a ledger from its last hint on, as a writer does, without verifying what precedes it.</summary>
internal static class LedgerTail
{
    private const int BlockSize = 64 << 10;

    /// <param name="directory">The log directory.</param>
    public static AuditLedgerStatus Read(string directory)
    {
        using LedgerSegments segments = LedgerSegments.Open(directory);
        var problems = new List<string>();
        if (segments.Missing is { } missing) problems.Add($"{LedgerSegments.NameOf(missing)}: the segment is missing");
        if (segments.Count == 0) return new AuditLedgerStatus { Directory = directory, Origin = "", VerificationKey = "", Fingerprint = "", Problems = ["there is no segment of a ledger"] };
        LedgerPart last = segments.Divide(int.MaxValue).Last();
        byte[] bytes = new byte[last.Length];
        ReadOnlySpan<byte> segment = bytes.AsSpan(0, segments.Read(last.Segment, 0, bytes));
        int hint = segment.LastIndexOf("\nh "u8) + 1;
        var folder = new LedgerFolder(hint > 0 ? null : new LedgerState(), problem => problems.Add($"{LedgerSegments.NameOf(last.Segment)}: {problem}"));
        long? time = hint > 0 ? LastTimeIn(segment[..hint]) : null;
        long? checkpointTime = null;
        int end = segment.LastIndexOf((byte)'\n') + 1;
        for (int start = hint; start < end;)
        {
            int length = segment[start..].IndexOf((byte)'\n') + 1;
            ReadOnlySpan<byte> line = segment.Slice(start, length);
            SignedCheckpoint? before = folder.Checkpoint;
            folder.Fold(line, start);
            if (!ReferenceEquals(before, folder.Checkpoint)) checkpointTime = time;
            if (LedgerLine.TryParse(line, out LedgerLine leaf)) time = leaf.Time;
            start += length;
        }
        bool hasKey = VerificationKey.TryParse(folder.State.Key, out VerificationKey? key);
        return new AuditLedgerStatus
        {
            Directory = directory,
            Origin = key?.Name ?? "",
            Leaves = folder.State.Tree.Size,
            PendingLeaves = folder.State.Tree.Size - folder.State.CheckpointSize,
            Files = folder.State.Logs.Count,
            Epoch = folder.State.Epoch,
            EpochBegan = LedgerTime.Of(folder.State.EpochBegan),
            VerificationKey = folder.State.Key,
            Fingerprint = hasKey ? key!.Fingerprint : "",
            Checkpoint = folder.Checkpoint?.Note,
            CheckpointTime = checkpointTime is { } covered ? LedgerTime.Of(covered) : null,
            LastTime = time is { } newest ? LedgerTime.Of(newest) : null,
            Problems = problems,
        };
    }

    // The time of the last leaf; null if none is near the end.
    private static long? LastTimeIn(ReadOnlySpan<byte> lines)
    {
        int limit = Math.Max(0, lines.Length - BlockSize);
        for (int end = lines.Length; end > limit;)
        {
            int start = lines[..(end - 1)].LastIndexOf((byte)'\n') + 1;
            if (LedgerLine.TryParse(lines[start..end], out LedgerLine leaf)) return leaf.Time;
            end = start;
        }
        return null;
    }
}
