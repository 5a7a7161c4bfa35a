using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Sealing.Verifying;

/// <summary>The findings of a verification in the order in which they are added. Not thread-safe.</summary>
internal sealed class FindingList
{
    // Of each code: nobody reads more, and a program is served by the number of the rest.
    private const int MaxOfOneCode = 1000;

    private readonly List<AuditFinding> _findings = [];
    private readonly Dictionary<string, long> _counts = [];

    /// <summary>All of them; those of one code beyond a thousand are counted in one finding at the end.</summary>
    public IReadOnlyList<AuditFinding> All =>
    [
        .. _findings,
        .. _counts.Where(count => count.Value > MaxOfOneCode).Select(count => Of(count.Key, string.Create(CultureInfo.InvariantCulture, $"and {count.Value - MaxOfOneCode} more"))),
    ];

    public AuditVerificationResult Result
    {
        get
        {
            AuditFindingSeverity worst = _findings.Select(finding => finding.Severity).DefaultIfEmpty().Max();
            return worst switch
            {
                AuditFindingSeverity.Tampered => AuditVerificationResult.Tampered,
                AuditFindingSeverity.Incomplete => AuditVerificationResult.Incomplete,
                _ => AuditVerificationResult.Intact,
            };
        }
    }

    public static AuditFinding Of(string code, string problem) => new() { Code = code, Severity = FindingCode.SeverityOf(code), Problem = problem };

    public void Add(string code, string problem) => Add(Of(code, problem));

    public void Add(AuditFinding finding)
    {
        long count = _counts.GetValueOrDefault(finding.Code) + 1;
        _counts[finding.Code] = count;
        if (count <= MaxOfOneCode) _findings.Add(finding);
    }
}

/// <summary>Times of the ledger.</summary>
internal static class LedgerTime
{
    // What DateTimeOffset can hold: the ledger's numbers reach farther.
    private static readonly long Max = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <param name="microseconds">Microseconds since 1970.</param>
    public static DateTimeOffset Of(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(Math.Min(microseconds, Max) * TimeSpan.TicksPerMicrosecond);
}
