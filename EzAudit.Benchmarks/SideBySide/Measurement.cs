namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The results of one run. Durations of calls, and the processor time of a record, are in microseconds.</summary>
internal sealed record Measurement(
    long Records, double Seconds, double CpuPerRecord, double P50, double P99, double P999, double Max, double AllocatedPerRecord)
{
    public double RecordsPerSecond => Records / Seconds;
}
