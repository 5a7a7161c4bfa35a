using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EzAudit.Extensibility;

/// <summary>
/// Identifies a record of a sender's target. It stays the same however often the record is sent, and no other record has it. Immutable; compared by value.
/// </summary>
/// <param name="Origin">Where the record was written: by default <c>MACHINE/APPLICATION</c>, or what <c>Origin</c> says in the target's section.</param>
/// <param name="Run">The run of the target: 16 hexadecimal digits, chosen at random at each start and at each reload of the settings.</param>
/// <param name="Number">The place of the record in its run, counted from 1 without gaps.</param>
public readonly record struct AuditRecordId(string Origin, string Run, long Number)
{
    /// <summary>Parses what <see cref="ToString"/> returns.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AuditRecordId id)
    {
        id = default;
        if (text is null) return false;
        int end = text.LastIndexOf('/');
        int middle = end < 1 ? -1 : text.LastIndexOf('/', end - 1);
        if (middle < 0 || end - middle < 2) return false;
        if (!long.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number < 1) return false;
        string origin = string.Join('/', text[..middle].Split('/').Select(Uri.UnescapeDataString));
        id = new AuditRecordId(origin, Uri.UnescapeDataString(text[(middle + 1)..end]), number);
        return id.ToString() == text;
    }

    /// <summary>The id as text: <c>ORIGIN/RUN/NUMBER</c>. What is neither an ASCII letter, a digit nor one of <c>-._~/</c> is percent-encoded.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{string.Join('/', (Origin ?? "").Split('/').Select(Uri.EscapeDataString))}/{Uri.EscapeDataString(Run ?? "")}/{Number}");
}
