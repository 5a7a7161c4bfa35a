using System.Diagnostics.CodeAnalysis;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>An id in the form the application uses, a number or text, as an argument of the typed calls: <c>124</c>, <c>"a7f3"</c>.</summary>
/// <remarks>Stored without boxing, so that a typed call whose function is turned off allocates nothing.</remarks>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructors are the alternates.")]
public readonly record struct AuditId
{
    private readonly string? _text;
    private readonly long _number;
    private readonly bool _isNumber;

    /// <summary>Creates an id from a number.</summary>
    public AuditId(long number)
    {
        _number = number;
        _isNumber = true;
    }

    /// <summary>Creates an id from text; <see langword="null"/> becomes the empty string.</summary>
    public AuditId(string? text) => _text = text;

    /// <summary>Converts a number to an id.</summary>
    public static implicit operator AuditId(long number) => new(number);

    /// <summary>Converts text to an id.</summary>
    public static implicit operator AuditId(string? text) => new(text);

    /// <summary>Converts a GUID to an id, written as 32 digits in five groups.</summary>
    public static implicit operator AuditId(Guid id) => new(id.ToString());

    /// <summary>The id as records show it.</summary>
    public override string ToString() => AsField("").Value;

    internal AuditField AsField(string name) => _isNumber ? new AuditField(name, _number) : new AuditField(name, _text);
}
