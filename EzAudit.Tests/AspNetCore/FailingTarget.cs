using System.Collections.Concurrent;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.AspNetCore;

/// <summary>A plugin with a target, <c>Type=failing</c>, that stores records in memory, or throws while it is told to fail.</summary>
internal sealed class FailingTarget() : TargetPlugin("failing")
{
    /// <summary>Lines of audit.ini that send a function to this target only.</summary>
    public const string Settings = "Targets[]\nTargets[]=failing\n[Target-failing]\nType=failing\n";

    private volatile bool _fails;

    public ConcurrentQueue<string> Taken { get; } = new();

    public bool Fails
    {
        get => _fails;
        set => _fails = value;
    }

    public override void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
    {
        if (Fails) throw new AuditTargetException("the store is full");
        Taken.Enqueue(System.Text.Encoding.UTF8.GetString(bytes));
    }
}
