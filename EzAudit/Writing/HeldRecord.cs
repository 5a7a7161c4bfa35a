using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Writing;

/// <summary>A copy of a record that outlives the call, to reroute it after an asynchronous failure.</summary>
internal sealed class HeldRecord(in AuditRecordView record)
{
    private readonly AuditFunction _function = record.Function;
    private readonly DateTimeOffset _time = record.Time;
    private readonly string _address = record.Address;
    private readonly AuditActor _actor = record.Actor;
    private readonly AuditField[] _fields = record.Fields.ToArray();
    private readonly string? _session = record.Session;
    private readonly string? _trace = record.Trace;

    public AuditRecordView View => new(_function, _time, _address, _actor, _fields, _session, _trace);
}
