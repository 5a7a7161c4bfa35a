using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>The value that a typed call passes for one field of its function. The definition has the field's name.</summary>
internal readonly struct FieldValue
{
    private readonly AuditId _id;
    private readonly object? _object;

    private FieldValue(AuditId id) => _id = id;

    private FieldValue(object? value)
    {
        _object = value;
        IsLeftOut = value is null;
    }

    /// <summary>Whether the caller passed no value.</summary>
    public bool IsLeftOut { get; }

    public static implicit operator FieldValue(AuditId id) => new(id);

    public static implicit operator FieldValue(long number) => new(new AuditId(number));

    public static implicit operator FieldValue(string? text) => text is null ? new FieldValue((object?)null) : new FieldValue(new AuditId(text));

    public static implicit operator FieldValue(DateTimeOffset time) => new((object)time);

    public static implicit operator FieldValue(DateTimeOffset? time) => new((object?)time);

    public static implicit operator FieldValue(TimeSpan duration) => new((object)duration);

    /// <summary>Several values, written as one text joined by <c>, </c>.</summary>
    public static FieldValue List(IEnumerable<string> items) => new((object?)items);

    /// <summary>An optional number.</summary>
    public static FieldValue Number(double? number) => new((object?)number);

    public AuditField As(string name) => _object is null ? _id.AsField(name) : new AuditField(name, _object);
}
