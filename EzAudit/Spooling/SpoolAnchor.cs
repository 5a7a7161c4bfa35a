using System.Text;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Spooling;

/// <summary>Sends checkpoints of the ledger like records, through a spool of its own.</summary>
/// <param name="target">The target with the spool; closed with the anchor.</param>
/// <param name="time">The clock.</param>
internal sealed class SpoolAnchor(SpoolTarget target, TimeProvider time) : IAuditAnchor
{
    /// <summary>The function that checkpoints appear under.</summary>
    public static readonly AuditFunction Function = new() { Name = "audit-checkpoint", Severity = AuditSeverity.Notice };

    public string? Trouble => target.Trouble;

    public void Publish(AuditCheckpoint checkpoint) => target.Write(
        new AuditRecordView(Function, time.GetUtcNow(), "", new AuditActor("", ""), []), Encoding.UTF8.GetBytes(checkpoint.Line), AuditDurability.Disk);

    public void Dispose() => target.Dispose();
}

/// <summary>Stands in for an anchor when settings are only checked, and leaves nothing behind.</summary>
internal sealed class TrialAnchor : IAuditAnchor
{
    public void Publish(AuditCheckpoint checkpoint) => throw new InvalidOperationException("This anchor only checks settings and cannot publish checkpoints.");

    public void Dispose()
    {
    }
}
