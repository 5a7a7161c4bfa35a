using System.Diagnostics;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>Runs threads that write their records as fast as they can, and times every call.</summary>
internal sealed class Load(IContender contender, int threads, int recordsPerThread) : IDisposable
{
    private static readonly double Microseconds = 1e6 / Stopwatch.Frequency;

    private readonly Histogram[] _histograms = [.. Enumerable.Range(0, threads).Select(_ => new Histogram())];
    private readonly CountdownEvent _ready = new(threads);
    private readonly ManualResetEventSlim _go = new();
    private Exception? _failure;

    public Measurement Run()
    {
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() => Work(thread)))];
        foreach (Thread worker in workers) worker.Start();
        _ready.Wait();
        long allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        _go.Set();
        foreach (Thread worker in workers) worker.Join();
        contender.Drain();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TimeSpan cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        if (_failure is not null) throw new InvalidOperationException($"A record could not be written: {_failure.Message}", _failure);
        return Measure((long)threads * recordsPerThread, seconds, cpu, allocated);
    }

    public void Dispose()
    {
        _ready.Dispose();
        _go.Dispose();
    }

    private void Work(int thread)
    {
        Histogram histogram = _histograms[thread];
        _ready.Signal();
        _go.Wait();
        try
        {
            // The end of one call is the start of the next, which halves the clock readings.
            long before = Stopwatch.GetTimestamp();
            for (int number = 0; number < recordsPerThread; number++)
            {
                contender.Write(SampleRecord.FileOf(thread, number), thread, number);
                long now = Stopwatch.GetTimestamp();
                histogram.Add(now - before);
                before = now;
            }
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
    }

    private Measurement Measure(long records, double seconds, TimeSpan cpu, long allocated)
    {
        var all = new Histogram();
        foreach (Histogram histogram in _histograms) all.Add(histogram);
        return new Measurement(
            records,
            seconds,
            cpu.TotalMicroseconds / records,
            all.Percentile(0.5) * Microseconds,
            all.Percentile(0.99) * Microseconds,
            all.Percentile(0.999) * Microseconds,
            all.Max * Microseconds,
            (double)allocated / records);
    }
}
