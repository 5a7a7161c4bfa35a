using System.Diagnostics.CodeAnalysis;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>An id of the application's own kind, number or text, as the typed calls take it: <c>124</c>, <c>"a7f3"</c>.</summary>
/// <remarks>Held without boxing, so that a typed call whose function is off allocates nothing.</remarks>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructors are the alternates.")]
public readonly record struct AuditId
{
    private readonly string? _text;
    private readonly long _number;
    private readonly bool _isNumber;

    /// <summary>An id that is a number.</summary>
    public AuditId(long number)
    {
        _number = number;
        _isNumber = true;
    }

    /// <summary>An id that is a text; <see langword="null"/> is written as the empty text.</summary>
    public AuditId(string? text) => _text = text;

    /// <summary>An id that is a number.</summary>
    public static implicit operator AuditId(long number) => new(number);

    /// <summary>An id that is a text.</summary>
    public static implicit operator AuditId(string? text) => new(text);

    /// <summary>An id that is a GUID, written as 32 digits in five groups.</summary>
    public static implicit operator AuditId(Guid id) => new(id.ToString());

    /// <summary>The id as it is written.</summary>
    public override string ToString() => AsField("").Value;

    internal AuditField AsField(string name) => _isNumber ? new AuditField(name, _number) : new AuditField(name, _text);
}
