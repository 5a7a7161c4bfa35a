using System.Numerics;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>Counts durations in buckets at most 1/128 of their value wide. Allocates only when created. Not thread-safe.</summary>
internal sealed class Histogram
{
    private const int StepBits = 7;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[(65 - StepBits) * Steps];
    private long _total;

    /// <summary>The longest duration, exact.</summary>
    public long Max { get; private set; }

    public void Add(long duration)
    {
        _counts[BucketOf(duration)]++;
        _total++;
        if (duration > Max) Max = duration;
    }

    public void Add(Histogram other)
    {
        for (int bucket = 0; bucket < _counts.Length; bucket++) _counts[bucket] += other._counts[bucket];
        _total += other._total;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The duration that the given share of all durations does not exceed.</summary>
    public long Percentile(double share)
    {
        long wanted = Math.Max(1, (long)Math.Ceiling(share * _total));
        long seen = 0;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= wanted) return Math.Min(LargestIn(bucket), Max);
        }
        return Max;
    }

    // Exact below Steps; above, each power of two has as many buckets as the previous one, twice as wide.
    private static int BucketOf(long duration)
    {
        if (duration < Steps) return (int)Math.Max(0, duration);
        int shift = BitOperations.Log2((ulong)duration) - StepBits;
        return (shift << StepBits) + (int)(duration >> shift);
    }

    private static long LargestIn(int bucket)
    {
        if (bucket < 2 * Steps) return bucket;
        int shift = (bucket >> StepBits) - 1;
        long start = (long)(bucket - (shift << StepBits)) << shift;
        return start + (1L << shift) - 1;
    }
}
