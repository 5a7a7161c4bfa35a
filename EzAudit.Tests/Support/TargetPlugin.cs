using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Tests.Support;

/// <summary>A plugin that is its own target, with nothing to flush or to close.</summary>
/// <param name="type">The target's type, as audit.ini names it.</param>
internal abstract class TargetPlugin(string type) : IAuditPlugin, IAuditTarget
{
    public virtual void Register(AuditRegistry registry) => registry.AddTarget(type, [], _ => this);

    public abstract void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability);

    public void Flush()
    {
    }

    public void Dispose()
    {
    }
}
