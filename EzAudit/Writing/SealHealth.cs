using EzAudit.Records;
using EzAudit.Sealing;

namespace EzAudit.Writing;

/// <summary>The state of the ledgers, as targets of the name <c>seal</c>.</summary>
internal static class SealHealth
{
    public static IEnumerable<AuditTargetHealth> Of(IEnumerable<Sealer> sealers) => sealers.Select(sealer => new AuditTargetHealth
    {
        Target = "seal",
        State = sealer.Trouble is null ? AuditHealthState.Healthy : AuditHealthState.Degraded,
        LastError = sealer.Trouble,
        Since = sealer.TroubleSince,
    });
}
