using EzAudit.Records;
using EzAudit.Sealing;
using EzAudit.Sealing.Anchors;

namespace EzAudit.Writing;

/// <summary>The sealer of a log directory, with the anchors to which its checkpoints are published.</summary>
internal sealed record OpenSealer(Sealer Sealer, AnchorPublisher Anchors) : IDisposable
{
    /// <summary>The state of the ledger and of its anchors.</summary>
    public IEnumerable<AuditTargetHealth> ReadHealth() => Anchors.Health.Prepend(new AuditTargetHealth
    {
        Target = "seal",
        State = Sealer.Trouble is null ? AuditHealthState.Healthy : AuditHealthState.Degraded,
        LastError = Sealer.Trouble,
        Since = Sealer.TroubleSince,
    });

    /// <summary>Ends the ledger, and publishes its last checkpoint.</summary>
    public void Dispose()
    {
        Sealer.Dispose();
        Anchors.Dispose();
    }
}
