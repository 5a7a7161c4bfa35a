namespace EzAudit.Benchmarks.Web;

/// <summary>The results of one contender in one round.</summary>
/// <param name="Contender">The contender.</param>
/// <param name="Round">The number of the round.</param>
/// <param name="Requests">The number of requests answered.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="AllocatedBytes">The bytes that the server allocated meanwhile.</param>
/// <param name="ProcessorMilliseconds">The processor time that the server used meanwhile.</param>
internal sealed record WebSlice(WebContender Contender, int Round, long Requests, double Seconds, long AllocatedBytes, double ProcessorMilliseconds)
{
    public double RequestsPerSecond => Requests / Seconds;

    public double AllocatedPerRequest => (double)AllocatedBytes / Requests;

    public double MicrosecondsPerRequest => 1000 * ProcessorMilliseconds / Requests;
}
