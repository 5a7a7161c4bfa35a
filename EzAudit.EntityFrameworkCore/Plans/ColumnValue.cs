using System.Collections;

namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>A column's value as the database stores it. Values are compared directly, because their texts may be redacted.</summary>
internal readonly struct ColumnValue : IEquatable<ColumnValue>
{
    private static readonly object UnknownMark = new();
    private static readonly object NotKeptMark = new();

    private readonly object? _value;
    private readonly bool _isSensitive;

    public ColumnValue(object? value, bool isSensitive) => (_value, _isSensitive) = (value is DBNull ? null : value, isSensitive);

    public static ColumnValue Null => default;

    /// <summary>An old value that EF never read.</summary>
    public static ColumnValue Unknown => new(UnknownMark, isSensitive: false);

    /// <summary>An old value that EF does not keep because of the entity's change tracking strategy.</summary>
    public static ColumnValue NotKept => new(NotKeptMark, isSensitive: false);

    /// <summary>A part of a JSON document that exists although it has no values.</summary>
    public static ColumnValue EmptyPart => new("{}", isSensitive: false);

    public bool IsNotKept => ReferenceEquals(_value, NotKeptMark);

    public string Text => ReferenceEquals(_value, UnknownMark) ? ColumnText.Unknown : _isSensitive ? ColumnText.Redacted : ColumnText.Of(_value);

    public bool Equals(ColumnValue other)
    {
        if (ReferenceEquals(_value, UnknownMark) || ReferenceEquals(_value, NotKeptMark)) return false;
        if (Equals(_value, other._value)) return true;
        if (_value is null || other._value is null || _value.GetType() != other._value.GetType()) return false;
        if (_value is byte[] bytes) return bytes.AsSpan().SequenceEqual((byte[])other._value);
        return IsCompared(_value) && ColumnText.Of(_value) == ColumnText.Of(other._value);
    }

    public override bool Equals(object? obj) => obj is ColumnValue other && Equals(other);

    public override int GetHashCode() => _value switch
    {
        null => 0,
        byte[] bytes => bytes.Length,
        _ when IsCompared(_value) => StringComparer.Ordinal.GetHashCode(ColumnText.Of(_value)),
        _ => _value.GetHashCode(),
    };

    // Collections and documents have no value equality, but their texts are distinct.
    private static bool IsCompared(object value) => value is not string and (IEnumerable or System.Text.Json.JsonDocument or System.Text.Json.JsonElement);
}
