using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace EzAudit.Formats.Secrets;

/// <summary>
/// Tells by its words whether a name is that of a secret or of an id, in many languages and regardless of case and separators. Names in settings ignore
/// case, blanks, hyphens and underscores.
/// </summary>
internal sealed class SecretNames
{
    private const int MaxOnStack = 128;
    private const int Slots = 512;
    private const int Neighbours = 4;
    // Longer names are judged by their start: no key is a page long.
    private const int MaxNameLength = 256;

    // Whole words.
    private static readonly FrozenSet<string> Secrets = new[]
    {
        "password", "passwords", "passwd", "pwd", "pw", "passphrase", "passcode", "passkey", "secret", "secrets", "token", "tokens", "otp", "totp", "hotp", "pin", "pan",
        "cvv", "cvv2", "cvc", "cvc2", "csc", "authorization", "credential", "credentials", "apikey", "accesskey", "accountkey", "privatekey", "secretkey", "sharedkey",
        "passwort", "passw\u00f6rter", "kennwort", "kennw\u00f6rter", "losungswort", "geheimnis", "contrase\u00f1a", "contrasena", "senha", "motdepasse", "wachtwoord", "adgangskode",
        "l\u00f6senord", "losenord", "passord", "salasana", "has\u0142o", "haslo", "heslo", "jelsz\u00f3", "jelszo", "lozinka", "geslo", "parola", "parol\u0103", "\u015fifre", "sifre", "kata sandi",
        "\u043f\u0430\u0440\u043e\u043b\u044c", "\u043f\u0430\u0440\u043e\u043b\u0430", "\u03ba\u03c9\u03b4\u03b9\u03ba\u03cc\u03c2", "\u5bc6\u7801", "\u5bc6\u78bc", "\u53e3\u4ee4", "\u30d1\u30b9\u30ef\u30fc\u30c9", "\u6697\u8a3c\u756a\u53f7", "\ube44\ubc00\ubc88\ud638",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Parts of compound words: dbpassword, accesstoken.
    private static readonly string[] Inside = ["password", "passwd", "passwort", "kennwort", "passphrase", "apikey", "privatekey", "accesskey", "contrase\u00f1a", "\u5bc6\u7801", "\u5bc6\u78bc"];
    private static readonly string[] Endings = ["secret", "token", "pwd", "cookie", "cookies", "connectionstring", "credentials"];

    private static readonly string[][] Sequences =
    [
        ["api", "key"], ["access", "key"], ["account", "key"], ["private", "key"], ["secret", "key"], ["shared", "key"], ["encryption", "key"], ["signing", "key"], ["master", "key"],
        ["authenticator", "key"], ["storage", "key"], ["host", "key"], ["function", "key"], ["subscription", "key"],
        ["recovery", "code"], ["recovery", "codes"], ["backup", "code"], ["backup", "codes"], ["verification", "code"], ["security", "code"], ["confirmation", "code"], ["auth", "code"], ["time", "code"],
        ["factor", "code"], ["mfa", "code"], ["2fa", "code"], ["sms", "code"], ["mot", "de", "passe"], ["palabra", "clave"], ["kata", "sandi"], ["connection", "string"], ["security", "stamp"],
        ["security", "answer"], ["card", "verification"],
    ];

    // Information about a secret is not secret: when it expires, how many there are, which one it is.
    private static readonly FrozenSet<string> About = new[]
    {
        "id", "ids", "count", "number", "type", "types", "name", "expiry", "expires", "expired", "expiration", "endpoint", "url", "uri", "limit", "lifetime", "length", "policy", "age", "changed",
        "created", "issued", "updated", "used", "at", "on", "date", "time", "attempts", "required", "enabled", "status", "strength", "provider", "format", "version", "method", "scheme",
        "left", "remaining", "requirement", "requirements", "handler", "service", "options", "filter", "attribute", "result", "exception", "error", "failure", "failed", "valid", "issuer", "audience", "usage", "manager", "reset", "file", "path",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> PassOwners =
        new[] { "user", "db", "my", "admin", "root", "smtp", "mail", "login", "ftp", "ssh", "sudo", "new", "old", "current", "pg", "mysql", "redis", "key", "wifi" }.ToFrozenSet(StringComparer.Ordinal);

    // An id, a code, a telephone number: not a card.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IdWords = new[]
    {
        "id", "ids", "uid", "guid", "uuid", "identifier", "no", "nr", "num", "number", "nummer", "numero", "ref", "reference", "serial", "code", "key",
        "order", "orders", "invoice", "ticket", "tracking", "parcel", "shipment", "ean", "gtin", "upc", "sku", "isbn", "imei", "iccid", "iban",
        "phone", "telephone", "telefon", "tel", "mobile", "mobil", "handy", "fax", "account", "konto", "customer", "kunde", "bestellung", "rechnung",
        "auftrag", "transaction", "txn", "timestamp", "ticks", "session", "node", "object", "product", "article", "artikel", "user", "message", "snowflake",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Judged?[] _judged = new Judged?[Slots + Neighbours];
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    public SecretNames(IEnumerable<string> more)
    {
        IEnumerable<string> names = more.Select(name => Plain(name, new char[name.Length]).ToString()).Where(name => name.Length > 0);
        _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public NameKind KindOf(string name)
    {
        // Callers write field names as literals, so the same object recurs and is judged once. Names generated for
        // each record find the cache full and are judged each time.
        int home = name.Length == 0 ? 0 : ((name.Length * 37) ^ (name[0] * 7) ^ (name[^1] * 131)) & (Slots - 1);
        for (int i = home; i < home + Neighbours; i++)
        {
            if (_judged[i] is not { } judged)
            {
                _judged[i] = judged = new Judged(name, Judge(name));
                return judged.Kind;
            }
            if (ReferenceEquals(judged.Name, name)) return judged.Kind;
        }
        return Judge(name);
    }

    private NameKind Judge(string name)
    {
        ReadOnlySpan<char> column = ColumnOf(name);
        if (HoldsSecret(name) || (column.Length < name.Length && HoldsSecret(column))) return NameKind.Secret;
        List<string> words = WordsOf(column);
        bool isCard = words.Exists(word => word is "card" or "cards" or "karte" or "kreditkarte" or "carte");
        return words.Count > 0 && !isCard && words.Exists(word => IdWords.Contains(word)) ? NameKind.Id : NameKind.Other;
    }

    // In a changed row, "#ApiKey", "ApiKey old" and "Settings.ApiKey new" are the column or part ApiKey.
    private static ReadOnlySpan<char> ColumnOf(string name)
    {
        ReadOnlySpan<char> column = name.AsSpan().TrimStart('#');
        if (column.EndsWith(" old", StringComparison.Ordinal) || column.EndsWith(" new", StringComparison.Ordinal)) column = column[..^4];
        return column[(column.LastIndexOf('.') + 1)..];
    }

    private bool HoldsSecret(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> plain = Plain(name, name.Length <= MaxOnStack ? stackalloc char[MaxOnStack] : new char[name.Length]);
        return _names.Contains(plain) || IsSecret(name);
    }

    private static ReadOnlySpan<char> Plain(ReadOnlySpan<char> name, Span<char> buffer)
    {
        int length = 0;
        foreach (char c in name)
        {
            if (c is not ('-' or '_') && !char.IsWhiteSpace(c)) buffer[length++] = c;
        }
        return buffer[..length];
    }

    /// <summary>Whether a name is that of a secret.</summary>
    public static bool IsSecret(ReadOnlySpan<char> name)
    {
        List<string> words = WordsOf(name);
        if (words.Count == 0) return false;
        // "Pan number" is the number itself.
        if (words.Count > 1 && About.Contains(words[^1]) && !(words[^1] == "number" && words[^2] is "pan" or "pin")) return false;
        return words.Exists(IsSecretWord) || IsPass(words) || IsCookie(words) || Array.Exists(Sequences, sequence => HasSequence(words, sequence));
    }

    private static bool IsSecretWord(string word)
    {
        string plain = word.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return Secrets.Contains(word) || Secrets.Contains(plain)
            || Array.Exists(Inside, part => word.Contains(part, StringComparison.Ordinal))
            || Array.Exists(Endings, ending => plain.EndsWith(ending, StringComparison.Ordinal) && ending.Length < plain.Length);
    }

    // Not a boarding pass.
    private static bool IsPass(List<string> words) => words[^1] == "pass" && (words.Count == 1 || PassOwners.Contains(words[^2]));

    // Not a cookie policy.
    private static bool IsCookie(List<string> words) => words[^1] is "cookie" or "cookies" or "setcookie";

    private static bool HasSequence(List<string> words, string[] sequence)
    {
        for (int start = 0; start + sequence.Length <= words.Count; start++)
        {
            int same = 0;
            while (same < sequence.Length && words[start + same] == sequence[same]) same++;
            if (same == sequence.Length) return true;
        }
        return false;
    }

    /// <summary>Whether an unseparated name is a word for an id, code or telephone number or ends with one: <c>orderId</c>.</summary>
    public static bool IsId(ReadOnlySpan<char> name) =>
        IdWords.Contains(name) || IdWords.Contains(name[(name.LastIndexOfAnyInRange('A', 'Z') is var last and >= 0 ? last : name.Length)..]);

    // Splits a name such as clientSecret, API_KEY or "Mot de passe" into lower-case words at signs and changes of case.
    private static List<string> WordsOf(ReadOnlySpan<char> name)
    {
        if (name.Length > MaxNameLength) name = name[..MaxNameLength];
        string text = Ascii.IsValid(name) ? name.ToString() : Composed(name);
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !EndsBefore(text, start, i)) continue;
            if (i > start) words.Add(text[start..i].ToLowerInvariant());
            start = i < text.Length && !IsWordPart(text[i]) ? i + 1 : i;
        }
        return words;
    }

    // "userID2" becomes user, id2; "HTTPToken" becomes http, token.
    private static bool EndsBefore(string text, int start, int i)
    {
        if (!IsWordPart(text[i])) return true;
        if (i == start || !char.IsUpper(text[i])) return false;
        bool endsAcronym = char.IsUpper(text[i - 1]) && i + 1 < text.Length && char.IsLower(text[i + 1]);
        return char.IsLower(text[i - 1]) || char.IsAsciiDigit(text[i - 1]) || endsAcronym;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static string Composed(ReadOnlySpan<char> name)
    {
        string text = name.ToString();
        try
        {
            return text.Normalize();
        }
        catch (ArgumentException)
        {
            // A lone surrogate has no composed form.
            return text;
        }
    }

    private sealed record Judged(string Name, NameKind Kind);
}

/// <summary>What the name of a field says about its value.</summary>
internal enum NameKind
{
    /// <summary>Nothing: the value itself is searched.</summary>
    Other,

    /// <summary>An id, code or telephone number: not a card, whatever its digits.</summary>
    Id,

    /// <summary>A secret.</summary>
    Secret,
}
