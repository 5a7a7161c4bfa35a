namespace EzAudit.Settings.Schema;

/// <summary>Parses permission bits in the notation of settings: octal, with or without a leading 0.</summary>
internal static class PermissionsText
{
    /// <summary>Whether the text asks for write permission for others.</summary>
    public static bool AsksForOthersToWrite(string? text) => text is [.., '2' or '3' or '6' or '7'];

    /// <summary>The bits without write permission for others, which no file of an audit trail has.</summary>
    public static bool TryParse(string text, out UnixFileMode mode)
    {
        mode = UnixFileMode.None;
        if (text.Length is < 3 or > 5) return false;
        int bits = 0;
        foreach (char c in text)
        {
            if (c is < '0' or > '7') return false;
            bits = (bits << 3) | (c - '0');
        }
        if (bits > 0b111_111_111_111) return false;
        mode = (UnixFileMode)bits & ~UnixFileMode.OtherWrite;
        return true;
    }
}
