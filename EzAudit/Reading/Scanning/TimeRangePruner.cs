using EzAudit.Formats.InPlace;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Finds the parts of a plain file that may hold records of a time range, by sampling the file.</summary>
/// <remarks>
/// A part is skipped only if the samples on both sides are outside of the range by more than the usual clock correction. A file whose
/// samples are not in time order is read in full.
/// </remarks>
internal sealed class TimeRangePruner(PlainContent content, long length, RecordSyntax syntax)
{
    /// <summary>How far outside of the requested time range a file may be out of order.</summary>
    public const long Slack = TimeSpan.TicksPerDay;

    private const int SampleSize = 4096;
    private const long LeastDistance = 256 << 10;
    private const int MostSamples = 1024;

    /// <summary>The ranges to read, in order.</summary>
    public IReadOnlyList<Chunk> RangesFor(AuditQuery query)
    {
        long since = query.Since?.UtcTicks ?? long.MinValue;
        long until = query.Until?.UtcTicks ?? long.MaxValue;
        List<(long Offset, long Ticks)> samples = query.ReadsAll || (query.Since is null && query.Until is null) ? [] : Take();
        if (samples.Count < 2 || !AreInOrder(samples.Select(sample => sample.Ticks))) return [new Chunk(0, length)];
        var ranges = new List<Chunk>();
        // What precedes the first sample and follows the last is at most one record long, or cannot be judged.
        Add(0, samples[0].Offset);
        for (int i = 1; i < samples.Count; i++)
        {
            ((long Offset, long Ticks) from, (long Offset, long Ticks) to) = (samples[i - 1], samples[i]);
            bool isBefore = since != long.MinValue && Math.Max(from.Ticks, to.Ticks) < since - Slack;
            bool isAfter = until != long.MaxValue && Math.Min(from.Ticks, to.Ticks) - Slack >= until;
            if (!isBefore && !isAfter) Add(from.Offset, to.Offset);
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

    private List<(long Offset, long Ticks)> Take()
    {
        var samples = new List<(long Offset, long Ticks)>();
        int count = (int)Math.Min(length / LeastDistance, MostSamples);
        if (count < 2) return samples;
        byte[] buffer = new byte[SampleSize];
        for (int i = 0; i <= count; i++)
        {
            long offset = i < count ? length / count * i : Math.Max(0, length - SampleSize);
            if (TakeAt(offset, buffer) is not { } sample) continue;
            if (samples.Count == 0 || sample.Offset > samples[^1].Offset) samples.Add(sample);
        }
        return samples;
    }

    // The first record after an offset; none if there is damage or a long record.
    private (long Offset, long Ticks)? TakeAt(long offset, byte[] buffer)
    {
        int count = content.Read(buffer, offset);
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, count);
        int at = syntax.FindStart(bytes, offset == 0 ? 0 : RecordSyntax.BytesBefore, count);
        return at >= 0 && syntax.TryReadTime(bytes[at..], out long ticks) ? (offset + at, ticks) : null;
    }

    /// <summary>Whether times are in order, but for the usual clock correction.</summary>
    public static bool AreInOrder(IEnumerable<long> times)
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
