using EzAudit.Formats.InPlace;
using EzAudit.Reading.Files;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Finds what need not be read for the time range of a query: parts of a plain file, and compressed files of a rotated set.</summary>
/// <remarks>
/// A plain file is sampled; of a compressed one, only the first record is known. Something is skipped only if the times on both sides of it are outside of the
/// range by more than the usual clock correction. Files whose times are not in order are read in full.
/// </remarks>
internal sealed class TimeRangePruner(AuditQuery query)
{
    // How far outside of the requested time range a file may be out of order.
    private const long Slack = TimeSpan.TicksPerDay;

    private const int SampleSize = 4096;
    private const long LeastDistance = 256 << 10;
    private const int MostSamples = 1024;

    private bool ReadsEverything => query.ReadsAll || (query.Since is null && query.Until is null);

    /// <summary>The files of a set that may hold records of the range. Plain ones stay: they are sampled.</summary>
    public IReadOnlyList<LogMember> FilesOf(IReadOnlyList<LogMember> set)
    {
        if (ReadsEverything || !set.Any(IsCompressed)) return set;
        long?[] firsts = [.. set.Select(FirstTime)];
        return AreInOrder(firsts.OfType<long>()) ? [.. set.Where((member, i) => !IsCompressed(member) || MayHold(firsts, i))] : set;
    }

    private static bool IsCompressed(LogMember member) => member is { File.IsCompressed: true, Syntax: not null };

    // One record alone proves nothing: unless the first record of the next file agrees, nothing is skipped.
    private bool MayHold(long?[] firsts, int i) =>
        i + 1 == firsts.Length || firsts[i] is not { } first || firsts[i + 1] is not { } next || !IsOutside(first, next);

    private static long? FirstTime(LogMember member)
    {
        if (member.Syntax is not { } syntax || !member.CanReadAgain) return null;
        byte[] bytes = new byte[SampleSize];
        int count = member.Content.Read(bytes, 0);
        int at = syntax.FindStart(bytes.AsSpan(0, count), 0, count);
        return at >= 0 && syntax.TryReadTime(bytes.AsSpan(at, count - at), out long ticks) ? ticks : null;
    }

    /// <summary>The ranges of a plain file that may hold records of the range, in order.</summary>
    public IReadOnlyList<Chunk> PartsOf(PlainContent content, long length, RecordSyntax syntax)
    {
        List<(long Offset, long Ticks)> samples = ReadsEverything ? [] : Sample(content, length, syntax);
        if (samples.Count < 2 || !AreInOrder(samples.Select(sample => sample.Ticks))) return [new Chunk(0, length)];
        var ranges = new List<Chunk>();
        // What precedes the first sample and follows the last is at most one record long, or cannot be judged.
        Add(0, samples[0].Offset);
        for (int i = 1; i < samples.Count; i++)
        {
            if (!IsOutside(samples[i - 1].Ticks, samples[i].Ticks)) Add(samples[i - 1].Offset, samples[i].Offset);
        }
        Add(samples[^1].Offset, length);
        return ranges;

        void Add(long start, long end)
        {
            if (start >= end) return;
            if (ranges.Count > 0 && ranges[^1].End == start) ranges[^1] = ranges[^1] with { End = end };
            else ranges.Add(new Chunk(start, end));
        }
    }

    private static List<(long Offset, long Ticks)> Sample(PlainContent content, long length, RecordSyntax syntax)
    {
        var samples = new List<(long Offset, long Ticks)>();
        int count = (int)Math.Min(length / LeastDistance, MostSamples);
        if (count < 2) return samples;
        byte[] buffer = new byte[SampleSize];
        for (int i = 0; i <= count; i++)
        {
            long offset = i < count ? length / count * i : Math.Max(0, length - SampleSize);
            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, content.Read(buffer, offset));
            if (FirstIn(bytes, offset, syntax) is not { } sample) continue;
            if (samples.Count == 0 || sample.Offset > samples[^1].Offset) samples.Add(sample);
        }
        return samples;
    }

    // The first record after an offset; none if there is damage or a long record.
    private static (long Offset, long Ticks)? FirstIn(ReadOnlySpan<byte> bytes, long offset, RecordSyntax syntax)
    {
        int at = syntax.FindStart(bytes, offset == 0 ? 0 : RecordSyntax.BytesBefore, bytes.Length);
        return at >= 0 && syntax.TryReadTime(bytes[at..], out long ticks) ? (offset + at, ticks) : null;
    }

    // Whether all records between two are outside of the range.
    private bool IsOutside(long before, long after) =>
        (query.Since is { } since && Math.Max(before, after) < since.UtcTicks - Slack)
        || (query.Until is { } until && Math.Min(before, after) - Slack >= until.UtcTicks);

    // In order but for the usual clock correction.
    private static bool AreInOrder(IEnumerable<long> times)
    {
        long latest = 0;
        foreach (long time in times)
        {
            if (time < latest - Slack) return false;
            latest = Math.Max(latest, time);
        }
        return true;
    }
}
