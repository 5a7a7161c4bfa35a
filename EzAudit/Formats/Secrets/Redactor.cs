using System.Security.Cryptography;
using System.Text;
using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Formats.Secrets;

/// <summary>Removes secrets from the fields of one function before they are written. Thread-safe.</summary>
internal sealed class Redactor
{
    private const int MaxKeptText = 256;

    // The fields of a function come in the same order with literal names: at most positions, the name is the same object as before.
    private readonly KnownName?[] _known = new KnownName?[32];
    // Values that are literals recur in the same way, such as a comment on what was done.
    private readonly string?[] _harmlessTexts = new string?[32];
    private readonly SecretNames _names;
    private readonly CardSearch _cards;
    private readonly Func<string, Secret, string> _replacement;

    /// <summary>Creates the redactor of one function.</summary>
    /// <param name="settings">The settings for all functions.</param>
    /// <param name="names">Additional fields of this function whose values are replaced.</param>
    public Redactor(RedactionSettings settings, IReadOnlyList<string> names)
    {
        _names = new SecretNames([.. settings.Fields, .. names]);
        _cards = settings.Cards;
        byte[] key = settings.Key.ToArray();
        _replacement = settings.Mode == RedactionMode.Hmac ? (value, secret) => Digest(key, value[secret.Start..secret.End]) : Mask;
    }

    /// <summary>Whether the field at an index has something to hide and needs <see cref="Redact"/>. The value must not be an object.</summary>
    public bool MayHide(in AuditField field, int place)
    {
        NameKind kind = KindOf(field.Name, place);
        if (kind == NameKind.Secret) return true;
        if (field.Text is not { } text) return _cards == CardSearch.All && field.IsNumber;
        // Only fields of this kind: whether cards are searched for is then the same for every record.
        bool isKept = kind == NameKind.Other && (uint)place < (uint)_harmlessTexts.Length;
        if (isKept && ReferenceEquals(_harmlessTexts[place], text)) return false;
        if (SecretScan.FindsAny(text, HasCards(kind, isNumber: false))) return true;
        // Set once, so that values that differ each time cost one comparison, and at most one short text is kept for each place.
        if (isKept && text.Length <= MaxKeptText) _harmlessTexts[place] ??= text;
        return false;
    }

    /// <summary>The value of a field without its secrets; <see langword="null"/> if there is nothing to hide.</summary>
    /// <param name="field">The field; its value must not be an object any more.</param>
    /// <param name="place">Its index in the record.</param>
    /// <param name="isNumber">Whether the caller passed a number, or several.</param>
    public string? Redact(in AuditField field, int place, bool isNumber)
    {
        NameKind kind = KindOf(field.Name, place);
        if (kind == NameKind.Secret)
        {
            string value = field.Value;
            return SecretMask.IsIn(value) ? null : _replacement(value, new Secret(0, value.Length));
        }
        bool withCards = HasCards(kind, isNumber);
        if (field.Text is { } text) return SecretScan.Replace(text, withCards, _replacement);
        return withCards ? SecretScan.Replace(field.Value, withCards, _replacement) : null;
    }

    private bool HasCards(NameKind kind, bool isNumber) => _cards switch
    {
        CardSearch.All => true,
        CardSearch.Text => !isNumber && kind != NameKind.Id,
        _ => false,
    };

    private NameKind KindOf(string name, int place)
    {
        if ((uint)place >= (uint)_known.Length) return _names.KindOf(name);
        if (_known[place] is { } known && ReferenceEquals(known.Name, name)) return known.Kind;
        NameKind kind = _names.KindOf(name);
        _known[place] ??= new KnownName(name, kind);
        return kind;
    }

    private static string Mask(string value, Secret secret) => secret.PanEnd > 0 ? SecretMask.OfCard(value.AsSpan(secret.Start, secret.PanEnd - secret.Start)) : SecretMask.Text;

    private static string Digest(byte[] key, string value) => SecretMask.OfDigest(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value))));

    private sealed record KnownName(string Name, NameKind Kind);
}

/// <summary>The replacement for a secret.</summary>
internal static class SecretMask
{
    public const string Text = "[redacted]";
    private const string CardStart = "[redacted:";
    private const string DigestStart = "[hmac-sha256:";
    private const int DigestLength = 78;

    /// <summary>A card with its last four digits, which PCI DSS allows to be shown: the record still identifies the card.</summary>
    public static string OfCard(ReadOnlySpan<char> number)
    {
        Span<char> last = stackalloc char[4];
        int left = last.Length;
        for (int i = number.Length - 1; i >= 0 && left > 0; i--)
        {
            if (char.IsAsciiDigit(number[i])) last[--left] = number[i];
        }
        return $"{CardStart}{last}]";
    }

    public static string OfDigest(string hexadecimal) => $"{DigestStart}{hexadecimal}]";

    /// <summary>Whether a text is already a mask. A prepared record was masked before, and a digest of a digest could not be compared with anything.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) =>
        text is Text
        || (text.Length == CardStart.Length + 5 && text.StartsWith(CardStart) && text[^1] == ']')
        || (text.Length == DigestLength && text.StartsWith(DigestStart) && text[^1] == ']');
}
