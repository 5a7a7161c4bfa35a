namespace EzAudit.Formats.Secrets;

/// <summary>Finds the secrets of a text one after the other, in one pass.</summary>
internal ref struct SecretScan
{
    private CountedText _text;
    private SecretSigns _signs;
    private int _position;
    private Secret _signed = new(-1, -1);
    private Secret _card;

    /// <param name="text">The text.</param>
    /// <param name="withCards">Whether card numbers are looked for.</param>
    public SecretScan(ReadOnlySpan<char> text, bool withCards)
    {
        _text = new CountedText(text);
        _signs = new SecretSigns(text);
        _card = withCards ? new Secret(-1, -1) : Secret.None;
    }

    /// <summary>How many characters were looked at so far.</summary>
    public readonly long Work => _text.Work;

    public bool TryNext(out Secret secret)
    {
        // What was found behind the last secret still stands; only what overlaps it is looked for again.
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

/// <summary>Where a secret stands in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The place behind its last character.</param>
/// <param name="PanEnd">Where the number of a payment card ends in it; 0 where it is none. Its last four digits may be shown.</param>
internal readonly record struct Secret(int Start, int End, int PanEnd = 0)
{
    /// <summary>No secret, as the answer of a search that reached the end.</summary>
    public static Secret None { get; } = new(int.MaxValue, int.MaxValue);

    public bool IsNone => Start == int.MaxValue;
}
