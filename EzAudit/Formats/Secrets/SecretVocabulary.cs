using System.Collections.Frozen;

namespace EzAudit.Formats.Secrets;

/// <summary>Decides by its words whether a name is that of a secret, in many languages and regardless of case and separators.</summary>
internal static class SecretVocabulary
{
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

    public static bool IsSecret(ReadOnlySpan<char> name)
    {
        List<string> words = NameWords.Of(name);
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
}

/// <summary>Words that tell what a number is: an id, a code, a telephone number, and so not a card.</summary>
internal static class IdWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new[]
    {
        "id", "ids", "uid", "guid", "uuid", "identifier", "no", "nr", "num", "number", "nummer", "numero", "ref", "reference", "serial", "code", "key",
        "order", "orders", "invoice", "ticket", "tracking", "parcel", "shipment", "ean", "gtin", "upc", "sku", "isbn", "imei", "iccid", "iban",
        "phone", "telephone", "telefon", "tel", "mobile", "mobil", "handy", "fax", "account", "konto", "customer", "kunde", "bestellung", "rechnung",
        "auftrag", "transaction", "txn", "timestamp", "ticks", "session", "node", "object", "product", "article", "artikel", "user", "message", "snowflake",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether an unseparated name is such a word or ends with one: <c>orderId</c>.</summary>
    public static bool IsEndOf(ReadOnlySpan<char> name) => Contain(name) || Contain(name[(name.LastIndexOfAnyInRange('A', 'Z') is var last and >= 0 ? last : name.Length)..]);

    public static bool Contain(ReadOnlySpan<char> word) => Words.Contains(word);
}

/// <summary>Words that follow the name of a secret in messages about it but are not the secret: "password: required".</summary>
internal static class HarmlessValues
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new[]
    {
        "null", "nil", "none", "true", "false", "yes", "no", "on", "off", "n/a", "unknown", "undefined", "empty", "missing", "required", "optional", "invalid", "valid", "incorrect", "correct",
        "wrong", "expired", "expires", "revoked", "changed", "unchanged", "reset", "set", "unset", "not", "must", "should", "may", "can", "cannot", "is", "was", "has", "too", "the", "a", "an", "at", "be", "ok",
        "failed", "succeeded", "success", "failure", "error", "denied", "accepted", "rejected", "refused", "given", "redacted", "hidden", "masked", "removed", "new", "old", "same", "for", "of", "in", "from",
        "bearer", "basic", "digest", "string", "text", "password", "hmac", "mask", "falsch", "richtig", "abgelaufen", "ung\u00fcltig", "fehlt", "ge\u00e4ndert", "ist", "muss", "darf", "nicht", "zu", "leer",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contain(ReadOnlySpan<char> word) => Words.Contains(word);
}
