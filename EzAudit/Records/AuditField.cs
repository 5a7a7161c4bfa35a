using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace EzAudit.Records;

/// <summary>A named text of a record: <c>("Order ID", 7)</c>.</summary>
/// <remarks>
/// Text and numbers are held without boxing, so that a call whose function is off allocates nothing.
/// Any other object is turned into text when the record is written, on the caller's thread (see <see cref="Value"/>).
/// A <c>ulong</c> has to be cast: with a conversion of its own, the compiler could no longer tell what a plain 7 is.
/// </remarks>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructors are the alternates.")]
public readonly struct AuditField : IEquatable<AuditField>
{
    // The text or object itself; for a number, the mark that says how to read it: so a field takes no more than three words.
    private readonly object? _object;
    private readonly long _number;

    /// <summary>A field with a text; <see langword="null"/> is written as the empty text.</summary>
    public AuditField(string name, string? value) : this(name, (object?)value, 0)
    {
    }

    /// <summary>A field with a whole number.</summary>
    public AuditField(string name, long value) : this(name, NumberMark.Integer, value)
    {
    }

    /// <summary>A field with <c>true</c> or <c>false</c>.</summary>
    public AuditField(string name, bool value) : this(name, NumberMark.Boolean, value ? 1 : 0)
    {
    }

    /// <summary>A field with a number, written in its shortest form that reads back the same.</summary>
    public AuditField(string name, double value) : this(name, NumberMark.Double, BitConverter.DoubleToInt64Bits(value))
    {
    }

    /// <summary>A field with anything else; <see cref="Value"/> says how it becomes text.</summary>
    public AuditField(string name, object? value) : this(name, value, 0)
    {
    }

    // Inlined: five fields of a call that is off are made faster than one call is made.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private AuditField(string name, object? value, long number)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        _object = value;
        _number = number;
    }

    /// <summary>The name; any text, the empty one included.</summary>
    public string Name => field ?? "";

    /// <summary>
    /// The value as text. Numbers and <see cref="IFormattable"/> use the invariant culture, <c>bool</c> is <c>true</c> or
    /// <c>false</c>, dates and times are ISO 8601, enums their names, a sequence its items joined by <c>, </c> (1000 at the most).
    /// A <c>ToString</c> that throws gives <c>[error: TypeName]</c>. Made anew at each call.
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

    /// <summary>The text of a field that has one; <see langword="null"/> of others.</summary>
    internal string? Text => _object is null ? "" : _object as string;

    internal long Integer => _number;

    internal bool Boolean => _number != 0;

    internal double Double => BitConverter.Int64BitsToDouble(_number);

    internal object? Object => _object;

    /// <summary>Whether the caller gave a number, or several: no text in which a card number could be.</summary>
    internal bool IsNumber => _object is NumberMark or decimal or ulong or uint or short or ushort or byte or sbyte or float or Int128 or UInt128 or System.Numerics.BigInteger
        or IEnumerable<long> or IEnumerable<int> or IEnumerable<ulong> or IEnumerable<uint> or IEnumerable<decimal> or IEnumerable<double>;

    /// <summary>A field with a text; <see langword="null"/> is the empty text.</summary>
    public static implicit operator AuditField((string Name, string? Value) field) => new(field.Name, field.Value);

    /// <summary>A field with a whole number.</summary>
    public static implicit operator AuditField((string Name, int Value) field) => new(field.Name, (long)field.Value);

    /// <summary>A field with a whole number.</summary>
    public static implicit operator AuditField((string Name, long Value) field) => new(field.Name, field.Value);

    /// <summary>A field with <c>true</c> or <c>false</c>.</summary>
    public static implicit operator AuditField((string Name, bool Value) field) => new(field.Name, field.Value);

    /// <summary>A field with a character: without this one it would become a number.</summary>
    public static implicit operator AuditField((string Name, char Value) field) => new(field.Name, field.Value.ToString());

    /// <summary>A field with a number.</summary>
    public static implicit operator AuditField((string Name, double Value) field) => new(field.Name, field.Value);

    /// <summary>A field with a number: without this one 0.1f would become 0.10000000149011612.</summary>
    public static implicit operator AuditField((string Name, float Value) field) => new(field.Name, (object)field.Value);

    /// <summary>A field with a number.</summary>
    public static implicit operator AuditField((string Name, decimal Value) field) => new(field.Name, (object)field.Value);

    /// <summary>A field with anything else.</summary>
    public static implicit operator AuditField((string Name, object? Value) field) => new(field.Name, field.Value);

    /// <summary>Two fields are equal when name and text are.</summary>
    public static bool operator ==(AuditField left, AuditField right) => left.Equals(right);

    /// <summary>Two fields are equal when name and text are.</summary>
    public static bool operator !=(AuditField left, AuditField right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AuditField other) => Name == other.Name && Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AuditField other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Value);

    /// <summary>Name and text, for people.</summary>
    public override string ToString() => $"{Name}: {Value}";
}

/// <summary>How a field holds its value, so that formats write the common kinds without making a string.</summary>
internal enum AuditFieldKind : byte
{
    Text,
    Integer,
    Boolean,
    Double,
    Object,
}
