using System.Buffers;

namespace EzAudit.Formats.Secrets;

/// <summary>Texts without which a value holds no secrets but card numbers: one vectorized search for all of them decides whether anything else is done.</summary>
internal ref struct SecretSigns
{
    /// <summary>From this length on, the search for all signs at once is vectorized; below, it took as long as formatting three fields.</summary>
    public const int VectorizedLength = 18;

    // Case is ignored here; what follows a sign is examined closely. Non-ASCII words are separate: they would slow the search down several times.
    private static readonly SearchValues<string> Ascii = SearchValues.Create(
        [
            "-----BEGIN", "bearer", "basic ", "eyJ", "://", "akia", "asia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "xapp-", "aiza", "sk_live_", "sk_test_",
            "rk_live_", "whsec_", "sg.", "npm_", "pypi-", "sk-", "hvs.", "dop_v1_", "shpat_", "ya29.", "pass", "pwd", "pw=", "pw:", "pw\"", "pw'", "secret", "token", "otp", "pin=", "pin:", "pin\"", "pin'", "pin>",
            "cvv", "cvc", "key", "sharedaccess", "sig=", "authorization", "cookie", "credential", "kennwort", "contrase", "senha", "code",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Foreign = SearchValues.Create(
        ["\u043f\u0430\u0440\u043e\u043b", "\u041f\u0430\u0440\u043e\u043b", "\u5bc6\u7801", "\u5bc6\u78bc", "\u30d1\u30b9\u30ef\u30fc\u30c9", "\ube44\ubc00\ubc88\ud638", "has\u0142o", "Has\u0142o", "\u015fifre", "\u015eifre", "l\u00f6senord", "L\u00f6senord"],
        StringComparison.Ordinal);

    // The position of the next sign of each kind. It is kept until the search has passed it, so that nothing is searched twice.
    private int _ascii = -1;
    private int _foreign;

    public SecretSigns(ReadOnlySpan<char> text) => _foreign = System.Text.Ascii.IsValid(text) ? int.MaxValue : -1;

    /// <summary>Whether a text of fewer characters than <see cref="VectorizedLength"/> may contain a sign: padded, so that the search is vectorized.</summary>
    public static bool AreInShort(ReadOnlySpan<char> text)
    {
        Span<char> padded = stackalloc char[VectorizedLength];
        padded.Clear();
        text.CopyTo(padded);
        return padded.ContainsAny(Ascii) || !System.Text.Ascii.IsValid(text);
    }

    /// <summary>The position of the next one; the end of the text if there is none.</summary>
    public int Next(scoped ref CountedText text, int from)
    {
        if (_ascii < from) _ascii = text.Find(from, Ascii);
        if (_foreign < from) _foreign = text.Find(from, Foreign);
        return Math.Min(_ascii, _foreign);
    }
}
