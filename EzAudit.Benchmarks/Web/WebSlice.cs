namespace EzAudit.Benchmarks.Web;

/// <summary>What one contender did in one round.</summary>
/// <param name="Contender">Who it was.</param>
/// <param name="Round">Which round.</param>
/// <param name="Requests">How many requests were answered.</param>
/// <param name="Seconds">In what time.</param>
/// <param name="AllocatedBytes">What the server allocated meanwhile.</param>
/// <param name="ProcessorMilliseconds">What processor time the server used meanwhile.</param>
internal sealed record WebSlice(WebContender Contender, int Round, long Requests, double Seconds, long AllocatedBytes, double ProcessorMilliseconds)
{
    public double RequestsPerSecond => Requests / Seconds;

    public double AllocatedPerRequest => (double)AllocatedBytes / Requests;

    public double MicrosecondsPerRequest => 1000 * ProcessorMilliseconds / Requests;
}
