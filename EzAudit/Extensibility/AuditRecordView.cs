using EzAudit.Records;

namespace EzAudit.Extensibility;

/// <summary>A record as formats and targets see it. It refers to the caller's fields without copying them, so it is valid only during the call.</summary>
public readonly ref struct AuditRecordView
{
    /// <summary>Initializes the view.</summary>
    /// <param name="function">The definition of the record's function.</param>
    /// <param name="time">The time of the event, in UTC.</param>
    /// <param name="address">Where the request came from.</param>
    /// <param name="actor">Who acted.</param>
    /// <param name="fields">The fields, in order.</param>
    /// <param name="session">The session id, if there is one.</param>
    /// <param name="trace">The trace id, if there is one.</param>
    public AuditRecordView(
        AuditFunction function,
        DateTimeOffset time,
        string address,
        AuditActor actor,
        ReadOnlySpan<AuditField> fields,
        string? session = null,
        string? trace = null)
    {
        Function = function;
        Time = time;
        Address = address;
        Actor = actor;
        Fields = fields;
        Session = session;
        Trace = trace;
    }

    /// <summary>The definition of the record's function. If no plugin defines it, a definition that has only a name.</summary>
    public AuditFunction Function { get; }

    /// <summary>The time of the event, in UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Where the request came from.</summary>
    public string Address { get; }

    /// <summary>Who acted.</summary>
    public AuditActor Actor { get; }

    /// <summary>The fields, in the caller's order.</summary>
    public ReadOnlySpan<AuditField> Fields { get; }

    /// <summary>The session id, if there is one.</summary>
    public string? Session { get; }

    /// <summary>The trace id, if there is one.</summary>
    public string? Trace { get; }

    /// <summary>
    /// Where a sealed log file contains the record; <see langword="null"/> unless the last log file of the route that was written before has exactly the bytes that
    /// this target gets, that is, the same format. Also <see langword="null"/> with <see cref="AuditDurability.Queue"/>: the record is not in the file yet.
    /// </summary>
    public AuditLedgerPlace? Place { get; internal init; }

    /// <summary>The index of the first field with that name; -1 if there is none.</summary>
    internal int IndexOf(string name)
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            if (Fields[i].Name == name) return i;
        }
        return -1;
    }
}
