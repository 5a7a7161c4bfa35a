namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The results of one run. Durations of calls are in microseconds.</summary>
internal sealed record Measurement(
    long Records, double Seconds, double P50, double P99, double P999, double Max, double AllocatedPerRecord)
{
    public double RecordsPerSecond => Records / Seconds;
}
