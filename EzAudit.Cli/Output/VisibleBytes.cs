using System.Buffers;
using System.Text;

namespace EzAudit.Cli.Output;

/// <summary>Escapes control characters in a record's bytes as <c>\u{h}</c>, because a pipe may end in a terminal; everything else is unchanged.</summary>
internal static class VisibleBytes
{
    private const byte FirstOfC1 = 0xc2;

    // Line breaks and tabs stay, and so does CR before LF, which some tools write.
    private static readonly SearchValues<byte> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(value => (byte)value).Where(value => value is not ((byte)'\n' or (byte)'\t' or (byte)'\r')), 0x7f, FirstOfC1]);

    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.ContainsAny(Suspects) && !HasLoneReturn(bytes)) return bytes;
        var visible = new ArrayBufferWriter<byte>(bytes.Length + 16);
        for (int i = 0; i < bytes.Length; i++)
        {
            bool isC1 = bytes[i] == FirstOfC1 && i + 1 < bytes.Length && bytes[i + 1] is >= 0x80 and <= 0x9f;
            bool isReturn = bytes[i] == '\r' && (i + 1 == bytes.Length || bytes[i + 1] != '\n');
            bool isHidden = isC1 || isReturn || (bytes[i] != FirstOfC1 && bytes[i] != '\r' && Suspects.Contains(bytes[i]));
            if (isHidden) visible.Write(Encoding.ASCII.GetBytes($"\\u{{{(isC1 ? bytes[++i] : bytes[i]):x}}}"));
            else visible.Write(bytes.Slice(i, 1));
        }
        return visible.WrittenSpan;
    }

    private static bool HasLoneReturn(ReadOnlySpan<byte> bytes)
    {
        for (int at = bytes.IndexOf((byte)'\r'); at >= 0;)
        {
            if (at + 1 == bytes.Length || bytes[at + 1] != '\n') return true;
            int next = bytes[(at + 1)..].IndexOf((byte)'\r');
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }
}
