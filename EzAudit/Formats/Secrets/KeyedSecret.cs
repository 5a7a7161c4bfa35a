using System.Buffers;
using System.Collections.Frozen;

namespace EzAudit.Formats.Secrets;

/// <summary>Finds secrets after their name: <c>password=...</c> in a query or connection string, <c>"password": "..."</c>, <c>&lt;password&gt;</c>, options, prose.</summary>
internal static class KeyedSecret
{
    private const int MaxName = 64;
    private const int MaxBlanks = 16;

    private static readonly string[] Verbs = ["is ", "ist ", "lautet ", "est ", "es ", "was "];

    private static readonly string[] Schemes = ["basic", "bearer", "digest", "negotiate", "ntlm", "token", "apikey", "aws4-hmac-sha256", "hawk", "sharedkey", "hoba", "mutual", "vapid"];

    // Words that follow the name of a secret in messages about it but are not the secret: "password: required".
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> HarmlessValues = new[]
    {
        "null", "nil", "none", "true", "false", "yes", "no", "on", "off", "n/a", "unknown", "undefined", "empty", "missing", "required", "optional", "invalid", "valid", "incorrect", "correct",
        "wrong", "expired", "expires", "revoked", "changed", "unchanged", "reset", "set", "unset", "not", "must", "should", "may", "can", "cannot", "is", "was", "has", "too", "the", "a", "an", "at", "be", "ok",
        "failed", "succeeded", "success", "failure", "error", "denied", "accepted", "rejected", "refused", "given", "redacted", "hidden", "masked", "removed", "new", "old", "same", "for", "of", "in", "from",
        "bearer", "basic", "digest", "string", "text", "password", "hmac", "mask", "falsch", "richtig", "abgelaufen", "ung\u00fcltig", "fehlt", "ge\u00e4ndert", "ist", "muss", "darf", "nicht", "zu", "leer",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds the secret after the name that contains the sign at a position.</summary>
    /// <param name="text">The text being searched.</param>
    /// <param name="at">The position of the sign.</param>
    /// <param name="next">Where the search for signs resumes if there is no secret.</param>
    public static Secret At(scoped ref CountedText text, int at, out int next)
    {
        int start = NameStart(ref text, at);
        int end = NameEnd(ref text, at);
        next = Math.Max(end, at + 1);
        int value = SkipQuote(text, end);
        int blanks = text.EndOfRun(value, Chars.Blanks, MaxBlanks);
        return Separator(text, start, end, blanks) switch
        {
            KeySeparator.None => Secret.None,
            var separator => IsSecretName(ref text, start, end, blanks) ? Value(ref text, start, blanks, separator) : Secret.None,
        };
    }

    private static KeySeparator Separator(in CountedText text, int start, int end, int at)
    {
        switch (text[at])
        {
            case ':' when text[at + 1] == '/' && text[at + 2] == '/':
                return KeySeparator.None;
            case ':' when text[at + 1] == '=':
            case '=' when text[at + 1] is '>' or '=':
                return KeySeparator.Long;
            case ':':
                return KeySeparator.Colon;
            case '=':
                return KeySeparator.Equals;
            case '>' when text[start - 1] is '<' or ':':
                return KeySeparator.Element;
            case '\'' or '"' when at > end && char.IsWhiteSpace(text[at - 1]):
                return KeySeparator.Blank;
        }
        if (at == end) return KeySeparator.None;
        if (text.StartsWith(start, "--")) return KeySeparator.Blank;
        foreach (string verb in Verbs)
        {
            if (text.StartsWith(at, verb, StringComparison.OrdinalIgnoreCase)) return KeySeparator.Verb;
        }
        return KeySeparator.None;
    }

    private static bool IsSecretName(scoped ref CountedText text, int start, int end, int separator)
    {
        ReadOnlySpan<char> name = text.Slice(start, end - start);
        if (SecretNames.IsSecret(name.TrimStart('-'))) return true;
        // A signed URL, and the code that an OAuth client redeems.
        if (text[start - 1] is '?' or '&' && name is "sig" or "signature" or "code" or "key" or "auth")
            return text.EndOfRun(separator + 1, Chars.Token, MaxName) - separator > 12;
        // "API key", "mot de passe": the preceding words decide.
        if (text[start - 1] != ' ' || !(name.EndsWith("key", StringComparison.OrdinalIgnoreCase) || name.StartsWith("code", StringComparison.OrdinalIgnoreCase)
            || name.Equals("passe", StringComparison.OrdinalIgnoreCase))) return false;
        int words = NameStart(ref text, start - 1);
        if (name.Equals("passe", StringComparison.OrdinalIgnoreCase) && text[words - 1] == ' ') words = NameStart(ref text, words - 1);
        return SecretNames.IsSecret(text.Slice(words, end - words));
    }

    private static Secret Value(scoped ref CountedText text, int start, int separator, KeySeparator kind)
    {
        int at = separator + kind switch { KeySeparator.Blank => 0, KeySeparator.Long => 2, KeySeparator.Verb => text.EndOfRun(separator, Chars.Letters, MaxBlanks) - separator, _ => 1 };
        if (kind == KeySeparator.Element) return Until(ref text, at, ElementEnd);
        at = text.EndOfRun(at, kind == KeySeparator.Equals ? Chars.Blanks : Chars.Space, MaxBlanks);
        int quote = at;
        while (text[quote] == '\\') quote++;
        if (text[quote] is '"' or '\'' or '`') return Quoted(ref text, quote, quote - at);

        bool isEntry = kind == KeySeparator.Equals && (start == 0 || Follows(text, start, ';'));
        if (isEntry) return Until(ref text, at, Chars.EntryEnd);
        if (kind == KeySeparator.Colon && IsHeader(text, start, separator)) return Header(ref text, start, at);
        int end = text.Find(at, Chars.ValueEnd);
        return IsHarmless(text, at, end, start, kind) ? Secret.None : new Secret(at, end);
    }

    private static Secret Until(scoped ref CountedText text, int at, SearchValues<char> stops)
    {
        int end = text.Find(at, stops);
        return IsWorthless(text.Slice(at, end - at)) ? Secret.None : new Secret(at, end);
    }

    private static readonly SearchValues<char> ElementEnd = SearchValues.Create("<");

    // A quote with more backslashes before it than the opening one is part of the value.
    private static Secret Quoted(scoped ref CountedText text, int quote, int escapes)
    {
        SearchValues<char> stops = text[quote] switch { '"' => DoubleQuote, '\'' => SingleQuote, _ => BackQuote };
        int end = quote + 1;
        while ((end = text.Find(end, stops)) < text.Length)
        {
            int backslashes = 0;
            while (end - backslashes > quote + 1 && backslashes <= escapes && text[end - backslashes - 1] == '\\') backslashes++;
            if (backslashes <= escapes)
            {
                end -= backslashes;
                break;
            }
            end++;
        }
        return IsWorthless(text.Slice(quote + 1, end - quote - 1)) ? Secret.None : new Secret(quote + 1, end);
    }

    private static readonly SearchValues<char> DoubleQuote = SearchValues.Create("\"");
    private static readonly SearchValues<char> SingleQuote = SearchValues.Create("'");
    private static readonly SearchValues<char> BackQuote = SearchValues.Create("`");

    private static bool IsHeader(in CountedText text, int start, int separator)
    {
        ReadOnlySpan<char> name = text.Slice(start, separator - start);
        return name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase) || name.EndsWith("cookie", StringComparison.OrdinalIgnoreCase);
    }

    // The rest of the line, or of the quotation. The first word decides: "Authorization: denied" and "Cookie: none" reveal nothing.
    private static Secret Header(scoped ref CountedText text, int start, int at)
    {
        ReadOnlySpan<char> word = text.Slice(at, Math.Min(MaxName, text.Length - at));
        int blank = word.IndexOfAny(Chars.Space);
        if (blank >= 0) word = word[..blank];
        bool isCredential = IsScheme(word) || word.Contains('=') || ((blank < 0 || char.IsControl(text[at + blank])) && word.ContainsAny(Chars.Digits));
        if (!isCredential || SecretMask.IsIn(word)) return Secret.None;
        char around = text[start - 1];
        return new Secret(at, text.Find(at, around == '\'' ? SingleQuote : around == '"' ? DoubleQuote : Chars.LineEnd));
    }

    private static bool IsScheme(ReadOnlySpan<char> word)
    {
        foreach (string scheme in Schemes)
        {
            if (word.Equals(scheme, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static bool IsHarmless(in CountedText text, int at, int end, int start, KeySeparator kind)
    {
        ReadOnlySpan<char> value = text.Slice(at, end - at);
        if (IsWorthless(value)) return true;
        bool hasDigit = value.ContainsAny(Chars.Digits);
        if (kind == KeySeparator.Verb) return !hasDigit;
        // How many tokens a model has used or an application has issued.
        ReadOnlySpan<char> name = text.Slice(start, Math.Min(MaxName, at - start));
        return name.Contains("tokens", StringComparison.OrdinalIgnoreCase) && !value.ContainsAnyExcept(Chars.Digits);
    }

    private static bool IsWorthless(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return value.Length == 0 || SecretMask.IsIn(value) || !value.ContainsAnyExcept('*', '.', 'x') || HarmlessValues.Contains(value.TrimEnd(".,!?"))
            || value is ['{', ..] or ['$', '{', ..] or ['<', ..] or ['%', 's'] or ['[', ..];
    }

    private static bool Follows(in CountedText text, int start, char sign)
    {
        int at = start - 1;
        while (text[at] == ' ' && at > start - MaxBlanks) at--;
        return text[at] == sign;
    }

    private static int SkipQuote(in CountedText text, int at)
    {
        int quote = at;
        while (text[quote] == '\\' && quote < at + 4) quote++;
        return text[quote] is '"' or '\'' or '`' or ']' ? quote + 1 : at;
    }

    private static int NameEnd(scoped ref CountedText text, int at)
    {
        int end = at;
        do end = text.EndOfRun(Math.Max(end, at), Chars.Name, MaxName); while (end - at < MaxName && char.IsLetter(text[end]) && end++ >= 0);
        return end;
    }

    private static int NameStart(scoped ref CountedText text, int at)
    {
        int start = at;
        do start = text.StartOfRun(start, Chars.Name, MaxName); while (at - start < MaxName && char.IsLetter(text[start - 1]) && start-- > 0);
        return start;
    }
}

/// <summary>What separates the name of a secret from its value.</summary>
internal enum KeySeparator
{
    None,
    Colon,
    Equals,

    /// <summary><c>=&gt;</c>, <c>==</c> or <c>:=</c>.</summary>
    Long,

    /// <summary>The end of an XML tag.</summary>
    Element,

    /// <summary>Blanks only, as after <c>--password</c> and before <c>'...'</c> in SQL.</summary>
    Blank,

    /// <summary>A verb, as in "the password is hunter2".</summary>
    Verb,
}
