using System.Diagnostics.CodeAnalysis;

namespace EzAudit.Settings;

/// <summary>What the text of a value may be, and what it then means.</summary>
internal sealed class ValueRule<T>(string wanted, ValueRule<T>.Parser parse)
{
    /// <summary>Gives what a text means; <see langword="false"/> where it means nothing.</summary>
    public delegate bool Parser(string text, [MaybeNullWhen(false)] out T value);

    /// <summary>What a text should be, for the message.</summary>
    public string Wanted { get; } = wanted;

    public bool TryParse(string text, [MaybeNullWhen(false)] out T value) => parse(text, out value);
}
