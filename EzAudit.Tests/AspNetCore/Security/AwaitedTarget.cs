using System.Collections.Concurrent;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>A plugin with a slow target, <c>Type=awaited</c>, that tells callers that await it from those that block a thread.</summary>
internal sealed class AwaitedTarget() : TargetPlugin("awaited"), IAuditTarget
{
    /// <summary>Lines of audit.ini that send every function to this target only.</summary>
    public const string Settings = "[FunctionDefaults]\nTargets[]\nTargets[]=awaited\n[Target-awaited]\nType=awaited\n";

    public ConcurrentQueue<string> Awaited { get; } = new();

    public ConcurrentQueue<string> Blocked { get; } = new();

    public override void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) => Blocked.Enqueue(record.Function.Name);

    public ValueTask WriteAsync(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) => WriteLaterAsync(record.Function.Name);

    private async ValueTask WriteLaterAsync(string function)
    {
        await Task.Yield();
        Awaited.Enqueue(function);
    }
}
