namespace EzAudit.Records;

/// <summary>One audited fact, as it is read back from a log file. Immutable; equal when everything it says is equal.</summary>
public sealed class AuditRecord : IEquatable<AuditRecord>
{
    private readonly AuditField[] _fields;

    /// <summary>Makes a record.</summary>
    /// <param name="time">When it happened.</param>
    /// <param name="address">Where the request came from.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="fields">What is said about it, in order; copied.</param>
    /// <param name="function">The kind of fact, where the log says it: the classic format does not.</param>
    /// <param name="session">The session id, where the log says it.</param>
    /// <param name="trace">The trace id, where the log says it.</param>
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

    /// <summary>When it happened, in UTC; the classic format keeps whole seconds.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Where the request came from.</summary>
    public string Address { get; }

    /// <summary>Who did it.</summary>
    public AuditActor Actor { get; }

    /// <summary>What is said about it, in the caller's order; a name may stand there twice.</summary>
    public IReadOnlyList<AuditField> Fields { get; }

    /// <summary>The kind of fact; <see langword="null"/> where the log does not say it.</summary>
    public string? Function { get; }

    /// <summary>The session id; <see langword="null"/> where there is none or the log does not say it.</summary>
    public string? Session { get; }

    /// <summary>The trace id; <see langword="null"/> where there is none or the log does not say it.</summary>
    public string? Trace { get; }

    /// <summary>By what its texts were cut and its secrets taken out already; <see langword="null"/> where nothing did.</summary>
    internal object? LimitedBy { get; init; }

    /// <summary>The same fields for those who write the record: without a copy.</summary>
    internal ReadOnlySpan<AuditField> FieldSpan => _fields;

    /// <summary>The text of the first field of that name; <see langword="null"/> when there is none.</summary>
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

    /// <summary>The record as one line for people; no format to be parsed.</summary>
    public override string ToString() =>
        $"{Time:O} [{Address}] [{Actor.Login}:{Actor.Id}] {string.Join("; ", Fields)}";
}
