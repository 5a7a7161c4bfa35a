namespace EzAudit.Formats.Secrets;

/// <summary>Finds the secrets of a text in order, in one pass.</summary>
internal ref struct SecretScan
{
    private CountedText _text;
    private SecretSigns _signs;
    private int _position;
    private Secret _signed = new(-1, -1);
    private Secret _card;

    /// <param name="text">The text.</param>
    /// <param name="withCards">Whether to look for card numbers.</param>
    public SecretScan(ReadOnlySpan<char> text, bool withCards)
    {
        _text = new CountedText(text);
        _signs = new SecretSigns(text);
        _card = withCards ? new Secret(-1, -1) : Secret.None;
    }

    /// <summary>How many characters have been examined.</summary>
    public readonly long Work => _text.Work;

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
        while ((at = _signs.Next(ref _text, at)) < _text.Length)
        {
            if (TokenSecret.At(ref _text, at) is { IsNone: false } token) return token;
            if (KeyedSecret.At(ref _text, at, out int next) is { IsNone: false } keyed) return keyed;
            at = next;
        }
        return Secret.None;
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
