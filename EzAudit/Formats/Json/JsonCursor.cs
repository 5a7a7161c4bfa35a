namespace EzAudit.Formats.Json;

/// <summary>Moves through a line that is expected to have the form that <see cref="JsonFormat"/> writes.</summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    public int Offset { get; private set; }

    /// <summary>Whether these bytes are all that is left.</summary>
    public readonly bool IsAt(ReadOnlySpan<byte> bytes) => _line[Offset..].SequenceEqual(bytes);

    /// <summary>Moves behind some bytes; false if others are here.</summary>
    public bool Skip(ReadOnlySpan<byte> bytes)
    {
        if (!_line[Offset..].StartsWith(bytes)) return false;
        Offset += bytes.Length;
        return true;
    }

    /// <summary>Moves to the quote that ends a text.</summary>
    public bool TryText(out ReadOnlySpan<byte> text)
    {
        int end = JsonText.FindEnd(_line, Offset);
        text = end < 0 ? default : _line[Offset..end];
        Offset = Math.Max(Offset, end);
        return end >= 0;
    }

    /// <summary>Moves behind the time.</summary>
    public bool TryTime(out long utcTicks)
    {
        bool isTime = JsonTime.TryRead(_line[Offset..], out utcTicks);
        if (isTime) Offset += JsonTime.Length;
        return isTime;
    }

    /// <summary>Moves behind the bracket that ends the fields, <c>["name","value"],...]</c>.</summary>
    public bool TryFields(out ReadOnlySpan<byte> fields)
    {
        int start = Offset;
        fields = default;
        if (Skip("]"u8)) return true;
        do
        {
            if (!Skip("[\""u8) || !TryText(out _) || !Skip("\",\""u8) || !TryText(out _) || !Skip("\"]"u8)) return false;
        }
        while (Skip(","u8));
        fields = _line[start..Offset];
        return Skip("]"u8);
    }
}
