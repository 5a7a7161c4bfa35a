using System.Buffers;
using System.Text;

namespace EzAudit.Formats.Secrets;

/// <summary>Finds the secrets of a text in order, in one pass. The cost is linear in the length of the text.</summary>
/// <remarks>A vectorized search for the signs of secrets decides whether anything else is done.</remarks>
internal ref struct SecretScan
{
    // "pin=1234".
    private const int Shortest = 6;

    // From this length on, the search for all signs at once is vectorized; below, it took as long as formatting three fields.
    private const int VectorizedLength = 18;

    // Without one of these signs a value holds no secrets but card numbers. Case is ignored; what follows a sign is examined closely.
    // Non-ASCII words are separate: they would slow the search down several times.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "-----BEGIN", "bearer", "basic ", "eyJ", "://", "akia", "asia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "xapp-", "aiza", "sk_live_", "sk_test_",
            "rk_live_", "whsec_", "sg.", "npm_", "pypi-", "sk-", "hvs.", "dop_v1_", "shpat_", "ya29.", "pass", "pwd", "pw=", "pw:", "pw\"", "pw'", "secret", "token", "otp", "pin=", "pin:", "pin\"", "pin'", "pin>",
            "cvv", "cvc", "key", "sharedaccess", "sig=", "authorization", "cookie", "credential", "kennwort", "contrase", "senha", "code",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> ForeignSigns = SearchValues.Create(
        ["\u043f\u0430\u0440\u043e\u043b", "\u041f\u0430\u0440\u043e\u043b", "\u5bc6\u7801", "\u5bc6\u78bc", "\u30d1\u30b9\u30ef\u30fc\u30c9", "\ube44\ubc00\ubc88\ud638", "has\u0142o", "Has\u0142o", "\u015fifre", "\u015eifre", "l\u00f6senord", "L\u00f6senord"],
        StringComparison.Ordinal);

    private CountedText _text;
    private int _position;
    // The position of the next sign of each kind. It is kept until the search has passed it, so that nothing is searched twice.
    private int _sign = -1;
    private int _foreignSign;
    private Secret _signed = new(-1, -1);
    private Secret _card;

    /// <param name="text">The text.</param>
    /// <param name="withCards">Whether to look for card numbers.</param>
    public SecretScan(ReadOnlySpan<char> text, bool withCards)
    {
        _text = new CountedText(text);
        _foreignSign = Ascii.IsValid(text) ? int.MaxValue : -1;
        _card = withCards ? new Secret(-1, -1) : Secret.None;
    }

    /// <summary>How many characters have been examined.</summary>
    public readonly long Work => _text.Work;

    /// <summary>Whether a value contains a secret, whatever the name of its field. Allocates nothing if there is no sign of a secret.</summary>
    public static bool FindsAny(string value, bool withCards)
    {
        if (value.Length < Shortest) return false;
        if (value.Length < (withCards ? CardNumber.Fewest : VectorizedLength) && !MayFindInShort(value)) return false;
        return new SecretScan(value, withCards).TryNext(out _);
    }

    // The text is shorter than VectorizedLength: padded, so that the search is vectorized.
    private static bool MayFindInShort(ReadOnlySpan<char> text)
    {
        Span<char> padded = stackalloc char[VectorizedLength];
        padded.Clear();
        text.CopyTo(padded);
        return padded.ContainsAny(Signs) || !Ascii.IsValid(text);
    }

    /// <summary>The value with every secret replaced; <see langword="null"/> if there is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="withCards">Whether to look for card numbers.</param>
    /// <param name="replacement">Returns the replacement for a secret, given the secret and whether it is a card.</param>
    public static string? Replace(string value, bool withCards, Func<string, Secret, string> replacement)
    {
        if (value.Length < Shortest) return null;
        var scan = new SecretScan(value, withCards);
        StringBuilder? replaced = null;
        int done = 0;
        while (scan.TryNext(out Secret secret))
        {
            replaced ??= new StringBuilder(value.Length);
            replaced.Append(value, done, secret.Start - done).Append(replacement(value, secret));
            done = secret.End;
        }
        return replaced?.Append(value, done, value.Length - done).ToString();
    }

    /// <summary>The next secret after the one before.</summary>
    public bool TryNext(out Secret secret)
    {
        // A result after the last secret stays valid; only one that overlaps it is searched for again.
        if (_signed.Start < _position) _signed = NextSigned();
        if (_card.Start < _position) _card = CardNumber.Find(ref _text, _position);
        secret = _signed.Start <= _card.Start ? _signed : _card;
        if (secret.IsNone) return false;
        _position = secret.End;
        return true;
    }

    private Secret NextSigned()
    {
        int at = _position;
        while ((at = NextSign(at)) < _text.Length)
        {
            if (TokenSecret.At(ref _text, at) is { IsNone: false } token) return token;
            if (KeyedSecret.At(ref _text, at, out int next) is { IsNone: false } keyed) return keyed;
            at = next;
        }
        return Secret.None;
    }

    private int NextSign(int from)
    {
        if (_sign < from) _sign = _text.Find(from, Signs);
        if (_foreignSign < from) _foreignSign = _text.Find(from, ForeignSigns);
        return Math.Min(_sign, _foreignSign);
    }
}

/// <summary>The position of a secret in a text.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="End">The index after its last character.</param>
/// <param name="PanEnd">The end of a payment card number in it; 0 if there is none. Its last four digits may be shown.</param>
internal readonly record struct Secret(int Start, int End, int PanEnd = 0)
{
    /// <summary>No secret, the result of a search that reached the end.</summary>
    public static Secret None { get; } = new(int.MaxValue, int.MaxValue);

    public bool IsNone => Start == int.MaxValue;
}
