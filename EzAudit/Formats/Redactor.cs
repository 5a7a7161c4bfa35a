using System.Security.Cryptography;
using System.Text;
using EzAudit.Records;
using EzAudit.Settings;

namespace EzAudit.Formats;

/// <summary>Takes secrets out of the fields of one function before they are written. Safe for many threads.</summary>
internal sealed class Redactor
{
    private const string Mask = "[redacted]";
    private const string DigestStart = "[hmac-sha256:";
    private const int DigestLength = 78;

    // Shorter numbers are no card's.
    private const long LeastCardNumber = 1_000_000_000_000;

    // A function's fields come in the same order, their names as literals: at most places the same object stands there again.
    private readonly string?[] _harmless = new string?[32];
    private readonly SecretNames _names;
    private readonly Func<string, string> _replacement;

    /// <summary>Made for one function.</summary>
    /// <param name="settings">What holds for all functions.</param>
    /// <param name="names">The fields of this function whose values are replaced, beside the others.</param>
    public Redactor(RedactionSettings settings, IReadOnlyList<string> names)
    {
        _names = new SecretNames([.. settings.Fields, .. names]);
        byte[] key = settings.Key.ToArray();
        _replacement = settings.Mode == RedactionMode.Hmac ? value => Digest(key, value) : _ => Mask;
    }

    /// <summary>The fields themselves when there is nothing to hide, else new ones. Objects must be texts by now.</summary>
    public ReadOnlySpan<AuditField> Redact(ReadOnlySpan<AuditField> fields)
    {
        AuditField[]? redacted = null;
        for (int i = 0; i < fields.Length; i++)
        {
            if (ValueFor(fields[i], i) is not { } value) continue;
            redacted ??= fields.ToArray();
            redacted[i] = new AuditField(fields[i].Name, value);
        }
        return redacted ?? fields;
    }

    /// <summary>Whether the field at a place may have something to hide, so that <see cref="Redact"/> is to look at it. It must be no object.</summary>
    public bool MayHide(in AuditField field, int place) =>
        IsSecret(field.Name, place) || (field.Text is { } text ? SecretTexts.MayBeIn(text) : IsLarge(field));

    private string? ValueFor(in AuditField field, int place)
    {
        if (IsSecret(field.Name, place)) return IsReplaced(field) ? null : _replacement(field.Value);
        return field.Text is { } text ? SecretTexts.Replace(text, _replacement)
            : IsLarge(field) ? SecretTexts.Replace(field.Value, _replacement)
            : null;
    }

    private static bool IsLarge(in AuditField field) => field.Kind switch
    {
        AuditFieldKind.Integer => field.Integer >= LeastCardNumber,
        AuditFieldKind.Boolean => false,
        AuditFieldKind.Double => field.Double >= LeastCardNumber,
        _ => true,
    };

    // A record that was prepared has been here before: a digest of a digest could be compared with nothing.
    private static bool IsReplaced(in AuditField field) =>
        field.Kind == AuditFieldKind.Text && (field.Value == Mask || (field.Value.Length == DigestLength && field.Value.StartsWith(DigestStart, StringComparison.Ordinal) && field.Value[^1] == ']'));

    private bool IsSecret(string name, int place)
    {
        if ((uint)place >= (uint)_harmless.Length) return _names.Contain(name);
        if (ReferenceEquals(_harmless[place], name)) return false;
        if (_names.Contain(name)) return true;
        _harmless[place] ??= name;
        return false;
    }

    private static string Digest(byte[] key, string value) => $"{DigestStart}{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value)))}]";
}
