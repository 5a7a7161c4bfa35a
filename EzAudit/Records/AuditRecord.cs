namespace EzAudit.Records;

/// <summary>One record, prepared for writing or read back from a log file. Immutable; compared by value.</summary>
public sealed class AuditRecord : IEquatable<AuditRecord>
{
    private readonly AuditField[] _fields;

    /// <summary>Initializes a record.</summary>
    /// <param name="time">The time of the event.</param>
    /// <param name="address">Where the request came from.</param>
    /// <param name="actor">Who acted.</param>
    /// <param name="fields">The fields, in order. They are copied.</param>
    /// <param name="function">The kind of event, if known; it is required for writing, and the classic format does not always store it.</param>
    /// <param name="session">The session id, if known.</param>
    /// <param name="trace">The trace id, if known.</param>
    public AuditRecord(
        DateTimeOffset time,
        string address,
        AuditActor actor,
        ReadOnlySpan<AuditField> fields,
        string? function = null,
        string? session = null,
        string? trace = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(actor);
        Time = time;
        Address = address;
        Actor = actor;
        _fields = fields.ToArray();
        Fields = _fields.AsReadOnly();
        Function = function;
        Session = session;
        Trace = trace;
    }

    /// <summary>Takes the array of fields as it is: nobody else may have it.</summary>
    internal AuditRecord((DateTimeOffset Time, string Address, AuditActor Actor) head, AuditField[] own) =>
        ((Time, Address, Actor), _fields, Fields) = (head, own, own.AsReadOnly());

    /// <summary>The time of the event, in UTC. The classic format stores whole seconds.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Where the request came from.</summary>
    public string Address { get; }

    /// <summary>Who acted.</summary>
    public AuditActor Actor { get; }

    /// <summary>The fields, in the caller's order. A name may occur more than once.</summary>
    public IReadOnlyList<AuditField> Fields { get; }

    /// <summary>The kind of event; <see langword="null"/> if unknown.</summary>
    public string? Function { get; internal init; }

    /// <summary>The session id; <see langword="null"/> if there is none or it is unknown.</summary>
    public string? Session { get; internal init; }

    /// <summary>The trace id; <see langword="null"/> if there is none or it is unknown.</summary>
    public string? Trace { get; internal init; }

    /// <summary>The route that has already truncated and redacted it; <see langword="null"/> if none has.</summary>
    internal object? LimitedBy { get; init; }

    /// <summary>The same fields without a copy, for the writing path.</summary>
    internal ReadOnlySpan<AuditField> FieldSpan => _fields;

    /// <summary>The text of the first field of that name; <see langword="null"/> if there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (AuditField field in Fields)
            {
                if (field.Name == name) return field.Value;
            }
            return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(AuditRecord? other) =>
        other is not null && Time == other.Time && Address == other.Address && Actor == other.Actor
        && Function == other.Function && Session == other.Session && Trace == other.Trace && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AuditRecord);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Time, Address, Actor, Fields.Count);

    /// <summary>The record as one line for people. Not meant to be parsed.</summary>
    public override string ToString() =>
        $"{Time:O} [{Address}] [{Actor.Login}:{Actor.Id}] {string.Join("; ", Fields)}";
}
