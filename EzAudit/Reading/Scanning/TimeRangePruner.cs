using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Finds the parts of a plain file that may hold records of a time range, by sampling the file.</summary>
/// <remarks>
/// A part is skipped only if the samples on both sides are outside of the range by more than the usual clock correction. A file whose
/// samples are not in time order is read in full.
/// </remarks>
internal sealed class TimeRangePruner(PlainContent content, long length, ClassicTime time)
{
    /// <summary>How far outside of the requested time range a file may be out of order.</summary>
    public const long Slack = TimeSpan.TicksPerDay;

    private const int SampleSize = 4096;
    private const long LeastDistance = 256 << 10;
    private const int MostSamples = 1024;

    /// <summary>The parts to read, in order.</summary>
    public IReadOnlyList<Chunk> PartsFor(AuditQuery query)
    {
        long since = query.Since?.UtcTicks ?? long.MinValue;
        long until = query.Until?.UtcTicks ?? long.MaxValue;
        List<TimeSample> samples = query.ReadsAll || (query.Since is null && query.Until is null) ? [] : Take();
        if (samples.Count < 2 || !AreInOrder(samples)) return [new Chunk(0, length)];
        var parts = new List<Chunk>();
        // What precedes the first sample and follows the last is at most one record long, or cannot be judged.
        Add(0, samples[0].Offset);
        for (int i = 1; i < samples.Count; i++)
        {
            (TimeSample from, TimeSample to) = (samples[i - 1], samples[i]);
            bool isBefore = since != long.MinValue && Math.Max(from.Ticks, to.Ticks) < since - Slack;
            bool isAfter = until != long.MaxValue && Math.Min(from.Ticks, to.Ticks) - Slack >= until;
            if (!isBefore && !isAfter) Add(from.Offset, to.Offset);
        }
        Add(samples[^1].Offset, length);
        return parts;

        void Add(long start, long end)
        {
            if (start >= end) return;
            if (parts.Count > 0 && parts[^1].End == start) parts[^1] = parts[^1] with { End = end };
            else parts.Add(new Chunk(start, end));
        }
    }

    private List<TimeSample> Take()
    {
        var samples = new List<TimeSample>();
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
    private TimeSample? TakeAt(long offset, byte[] buffer)
    {
        int count = content.Read(buffer, offset);
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, count);
        int at = ClassicReading.FindHeader(bytes, offset == 0 ? 0 : 2, count);
        return at >= 0 && ClassicHeader.TryReadTime(bytes[at..], out DateTime local) ? new TimeSample(offset + at, time.ToUtcTicks(local)) : null;
    }

    private static bool AreInOrder(List<TimeSample> samples)
    {
        long latest = long.MinValue;
        foreach (TimeSample sample in samples)
        {
            if (latest != long.MinValue && sample.Ticks < latest - Slack) return false;
            latest = Math.Max(latest, sample.Ticks);
        }
        return true;
    }
}

/// <summary>A record in the middle of a file: its offset and time.</summary>
internal readonly record struct TimeSample(long Offset, long Ticks);
