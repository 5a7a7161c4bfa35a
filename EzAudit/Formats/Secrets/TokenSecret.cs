using System.Buffers;

namespace EzAudit.Formats.Secrets;

/// <summary>Finds self-evident secrets: private keys, bearer tokens, basic credentials, JSON web tokens, passwords in URLs, keys of well-known services.</summary>
internal static class TokenSecret
{
    private const int MaxBlanks = 16;
    private const int MaxHeader = 64;
    private const int MaxAuthority = 512;
    private const int LeastBasic = 8;

    private static readonly (string Prefix, int Least, int Most)[] Services =
    [
        ("AKIA", 16, 16), ("ASIA", 16, 16), ("ghp_", 20, 0), ("gho_", 20, 0), ("ghu_", 20, 0), ("ghs_", 20, 0), ("ghr_", 20, 0), ("github_pat_", 20, 0), ("glpat-", 16, 0),
        ("xoxb-", 10, 0), ("xoxa-", 10, 0), ("xoxp-", 10, 0), ("xoxr-", 10, 0), ("xoxs-", 10, 0), ("xoxe-", 10, 0), ("xapp-", 10, 0), ("AIza", 30, 0),
        ("sk_live_", 10, 0), ("sk_test_", 10, 0), ("rk_live_", 10, 0), ("whsec_", 16, 0), ("npm_", 30, 0), ("pypi-", 30, 0), ("sk-", 20, 0), ("dop_v1_", 32, 0), ("shpat_", 32, 0),
        ("SG.", 16, 0), ("hvs.", 20, 0), ("ya29.", 20, 0),
    ];

    /// <summary>Finds the secret that begins with the sign at a position.</summary>
    public static Secret At(scoped ref CountedText text, int at)
    {
        if (text.StartsWith(at, "://")) return UrlPassword(ref text, at + 3);
        if (text.StartsWith(at, "-----BEGIN ")) return PrivateKey(ref text, at);
        if (Chars.Name.Contains(text[at - 1]) && text[at - 1] != '.') return Secret.None;
        if (text.StartsWith(at, "eyJ")) return WebToken(ref text, at);
        if (text.StartsWith(at, "bearer", StringComparison.OrdinalIgnoreCase)) return Bearer(ref text, at);
        if (text.StartsWith(at, "basic ", StringComparison.OrdinalIgnoreCase)) return Basic(ref text, at);
        return ServiceKey(ref text, at);
    }

    // scheme://user:PASSWORD@host, or a token instead of the user.
    private static Secret UrlPassword(scoped ref CountedText text, int at)
    {
        int end = Math.Min(text.Find(at, Chars.AuthorityEnd), at + MaxAuthority);
        ReadOnlySpan<char> authority = text.Slice(at, Math.Min(end, text.Length) - at);
        int host = authority.LastIndexOf('@');
        if (host < 0) return Secret.None;
        int colon = authority[..host].IndexOf(':');
        if (colon >= 0) return host > colon + 1 && !SecretMask.IsIn(authority[(colon + 1)..host]) ? new Secret(at + colon + 1, at + host) : Secret.None;
        return host >= 20 && authority[..host].ContainsAny(Chars.Digits) ? new Secret(at, at + host) : Secret.None;
    }

    // A private key may be truncated.
    private static Secret PrivateKey(scoped ref CountedText text, int at)
    {
        const string Dashes = "-----";
        int header = at + "-----BEGIN ".Length;
        ReadOnlySpan<char> title = text.Slice(header, Math.Min(MaxHeader, text.Length - header));
        int titleEnd = title.IndexOf(Dashes);
        if (titleEnd < 0 || !title[..titleEnd].Contains("PRIVATE KEY", StringComparison.Ordinal)) return Secret.None;
        int body = header + titleEnd + Dashes.Length;
        int footer = text.Find(body, Footer);
        if (footer == text.Length) return new Secret(at, text.Length);
        int footerTitle = footer + "-----END".Length;
        int close = text.Slice(footerTitle, Math.Min(MaxHeader, text.Length - footerTitle)).IndexOf(Dashes);
        return new Secret(at, close < 0 ? text.Length : footerTitle + close + Dashes.Length);
    }

    private static readonly SearchValues<string> Footer = SearchValues.Create(["-----END"], StringComparison.Ordinal);

    // Signed tokens have three parts, encrypted ones five.
    private static Secret WebToken(scoped ref CountedText text, int at)
    {
        int end = text.EndOfRun(at, Chars.Base64Url);
        if (end - at < 8 || text[end] != '.') return Secret.None;
        int second = text.EndOfRun(end + 1, Chars.Base64Url);
        if (second == end + 1 || text[second] != '.') return Secret.None;
        end = second;
        for (int part = 2; part < 5 && text[end] == '.'; part++) end = text.EndOfRun(end + 1, Chars.Base64Url);
        return new Secret(at, end);
    }

    // In lower case, "bearer" is an ordinary word unless the token after it contains a digit.
    private static Secret Bearer(scoped ref CountedText text, int at)
    {
        ReadOnlySpan<char> word = text.Slice(at, "bearer".Length);
        int token = text.EndOfRun(at + word.Length, Chars.Blanks, MaxBlanks);
        if (token == at + word.Length) return Secret.None;
        int end = text.EndOfRun(token, Chars.Token);
        bool isScheme = word is "Bearer" or "BEARER" && end - token >= 3;
        return isScheme || text.Slice(token, end - token).ContainsAny(Chars.Digits) ? new Secret(at, end) : Secret.None;
    }

    // "Basic training" is not one: the credentials are Base64 of LOGIN:PASSWORD.
    private static Secret Basic(scoped ref CountedText text, int at)
    {
        int start = text.EndOfRun(at + "basic".Length, Chars.Blanks, MaxBlanks);
        int end = text.EndOfRun(start, Chars.Token);
        ReadOnlySpan<char> token = text.Slice(start, end - start);
        return token.Length >= LeastBasic && IsLoginAndPassword(token) ? new Secret(at, end) : Secret.None;
    }

    private static bool IsLoginAndPassword(ReadOnlySpan<char> token)
    {
        const int MaxDecoded = 96;
        token = token.TrimEnd('=');
        int whole = Math.Min(token.Length, MaxDecoded / 3 * 4) / 4 * 4;
        Span<byte> bytes = stackalloc byte[MaxDecoded];
        return whole >= LeastBasic - 4 && Convert.TryFromBase64Chars(token[..whole], bytes, out int count)
            && bytes[..count].Contains((byte)':') && !bytes[..count].ContainsAnyInRange((byte)0, (byte)31);
    }

    private static Secret ServiceKey(scoped ref CountedText text, int at)
    {
        if (text[at - 1] == '.') return Secret.None;
        foreach ((string prefix, int least, int most) in Services)
        {
            if (!text.StartsWith(at, prefix)) continue;
            int start = at + prefix.Length;
            int end = text.EndOfRun(start, Chars.Name);
            int length = end - start;
            bool fits = length >= least && (most == 0 || length <= most);
            return fits && text.Slice(start, length).ContainsAny(Chars.Digits) ? new Secret(at, end) : Secret.None;
        }
        return Secret.None;
    }
}
