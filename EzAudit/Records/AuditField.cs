using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace EzAudit.Records;

/// <summary>A named value of a record: <c>("Order ID", 7)</c>. Immutable; compared by name and text.</summary>
/// <remarks>
/// Text, <c>bool</c>, <c>int</c>, <c>long</c> and <c>double</c> are stored without boxing, so that a call whose function is off allocates nothing. Any other
/// object is converted to text when the record is written, on the caller's thread (see <see cref="Value"/>). Cast a <c>ulong</c> to <c>object</c>: with a
/// conversion for it, a literal such as 7 would be ambiguous.
/// </remarks>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructors are the alternates.")]
public readonly struct AuditField : IEquatable<AuditField>
{
    // The text or object; for a number, a marker of its kind. That keeps a field at three machine words.
    private readonly object? _object;
    private readonly long _number;

    /// <summary>A field with a text; <see langword="null"/> becomes the empty text.</summary>
    public AuditField(string name, string? value) : this(name, (object?)value, 0)
    {
    }

    /// <summary>A field with a whole number.</summary>
    public AuditField(string name, long value) : this(name, NumberMark.Integer, value)
    {
    }

    /// <summary>A field with a Boolean, written as <c>true</c> or <c>false</c>.</summary>
    public AuditField(string name, bool value) : this(name, NumberMark.Boolean, value ? 1 : 0)
    {
    }

    /// <summary>A field with a number, written in the shortest form that reads back as the same number.</summary>
    public AuditField(string name, double value) : this(name, NumberMark.Double, BitConverter.DoubleToInt64Bits(value))
    {
    }

    /// <summary>A field with any object; <see cref="Value"/> describes how it is converted to text.</summary>
    public AuditField(string name, object? value) : this(name, value, 0)
    {
    }

    // Inlined, creating five fields for a function that is off takes less time than one method call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private AuditField(string name, object? value, long number)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        _object = value;
        _number = number;
    }

    /// <summary>The name; any text, which may be empty.</summary>
    public string Name => field ?? "";

    /// <summary>
    /// The value as text, converted at each call. Numbers and <see cref="IFormattable"/> use the invariant culture, a Boolean is <c>true</c> or <c>false</c>,
    /// dates and times are in ISO 8601, enums are their names, and a sequence is its items joined by <c>, </c> (at most 1000). If the conversion throws, the
    /// text is <c>[error: TypeName]</c>.
    /// </summary>
    public string Value => Kind switch
    {
        AuditFieldKind.Text => (string?)_object ?? "",
        AuditFieldKind.Integer => _number.ToString(CultureInfo.InvariantCulture),
        AuditFieldKind.Boolean => Boolean ? "true" : "false",
        AuditFieldKind.Double => Double.ToString("R", CultureInfo.InvariantCulture),
        _ => ValueText.Of(_object, out _),
    };

    internal AuditFieldKind Kind => _object switch
    {
        null or string => AuditFieldKind.Text,
        NumberMark mark => mark.Kind,
        _ => AuditFieldKind.Object,
    };

    /// <summary>The text of a field that was given a text; <see langword="null"/> for any other.</summary>
    internal string? Text => _object is null ? "" : _object as string;

    internal long Integer => _number;

    internal bool Boolean => _number != 0;

    internal double Double => BitConverter.Int64BitsToDouble(_number);

    internal object? Object => _object;

    /// <summary>Whether the caller passed one or more numbers rather than text, which could contain a card number.</summary>
    internal bool IsNumber => _object is NumberMark or decimal or ulong or uint or short or ushort or byte or sbyte or float or Int128 or UInt128 or System.Numerics.BigInteger
        or IEnumerable<long> or IEnumerable<int> or IEnumerable<ulong> or IEnumerable<uint> or IEnumerable<decimal> or IEnumerable<double>;

    /// <summary>A field with a text; <see langword="null"/> becomes the empty text.</summary>
    public static implicit operator AuditField((string Name, string? Value) field) => new(field.Name, field.Value);

    /// <summary>A field with a whole number.</summary>
    public static implicit operator AuditField((string Name, int Value) field) => new(field.Name, (long)field.Value);

    /// <summary>A field with a whole number.</summary>
    public static implicit operator AuditField((string Name, long Value) field) => new(field.Name, field.Value);

    /// <summary>A field with a Boolean, written as <c>true</c> or <c>false</c>.</summary>
    public static implicit operator AuditField((string Name, bool Value) field) => new(field.Name, field.Value);

    /// <summary>A field with a character. Without this conversion, it would become a number.</summary>
    public static implicit operator AuditField((string Name, char Value) field) => new(field.Name, field.Value.ToString());

    /// <summary>A field with a number.</summary>
    public static implicit operator AuditField((string Name, double Value) field) => new(field.Name, field.Value);

    /// <summary>A field with a number. Without this conversion, 0.1f would become 0.10000000149011612.</summary>
    public static implicit operator AuditField((string Name, float Value) field) => new(field.Name, (object)field.Value);

    /// <summary>A field with a number.</summary>
    public static implicit operator AuditField((string Name, decimal Value) field) => new(field.Name, (object)field.Value);

    /// <summary>A field with any object; <see cref="Value"/> describes how it is converted to text.</summary>
    public static implicit operator AuditField((string Name, object? Value) field) => new(field.Name, field.Value);

    /// <summary>Whether name and text are equal.</summary>
    public static bool operator ==(AuditField left, AuditField right) => left.Equals(right);

    /// <summary>Whether name or text differ.</summary>
    public static bool operator !=(AuditField left, AuditField right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AuditField other) => Name == other.Name && Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AuditField other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Value);

    /// <summary>Name and text, for display: <c>Order ID: 7</c>.</summary>
    public override string ToString() => $"{Name}: {Value}";
}

/// <summary>How a field stores its value. Formats write the common kinds without creating a string.</summary>
internal enum AuditFieldKind : byte
{
    Text,
    Integer,
    Boolean,
    Double,
    Object,
}

/// <summary>Takes the place of a field's object to mark that the value is a number, and of which kind.</summary>
internal sealed class NumberMark
{
    public static readonly NumberMark Integer = new(AuditFieldKind.Integer);
    public static readonly NumberMark Boolean = new(AuditFieldKind.Boolean);
    public static readonly NumberMark Double = new(AuditFieldKind.Double);

    private NumberMark(AuditFieldKind kind) => Kind = kind;

    public AuditFieldKind Kind { get; }
}
