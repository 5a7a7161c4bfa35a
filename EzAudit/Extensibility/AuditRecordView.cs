using EzAudit.Records;

namespace EzAudit.Extensibility;

/// <summary>A record on its way to formats and targets: the caller's own fields, not copied, so valid only during the call.</summary>
public readonly ref struct AuditRecordView
{
    /// <summary>Makes a view.</summary>
    /// <param name="function">The definition of its function.</param>
    /// <param name="time">When it happened, in UTC.</param>
    /// <param name="address">Where the request came from.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="fields">What is said about it, in order.</param>
    /// <param name="session">The session id, where there is one.</param>
    /// <param name="trace">The trace id, where there is one.</param>
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

    /// <summary>The definition of its function; for one that no plugin defines, a definition with the name alone.</summary>
    public AuditFunction Function { get; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Where the request came from.</summary>
    public string Address { get; }

    /// <summary>Who did it.</summary>
    public AuditActor Actor { get; }

    /// <summary>What is said about it, in the caller's order.</summary>
    public ReadOnlySpan<AuditField> Fields { get; }

    /// <summary>The session id, where there is one.</summary>
    public string? Session { get; }

    /// <summary>The trace id, where there is one.</summary>
    public string? Trace { get; }
}
