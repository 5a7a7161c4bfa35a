using System.Text;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Frames;

/// <summary>Turns a record's bytes into one line: line breaks become spaces, other control characters are escaped, invalid UTF-8 is replaced.</summary>
internal static class OneLine
{
    // " ...[+N bytes]" with a ten-digit number.
    private const int MarkBytes = 24;

    /// <summary>Appends the line. One that does not fit is cut between two characters and ends with <c> ...[+N bytes]</c>, where N is the number of bytes cut.</summary>
    /// <param name="output">Where the line goes.</param>
    /// <param name="bytes">A formatted record, including its terminator.</param>
    /// <param name="most">The maximum number of bytes. If only the mark would fit, nothing is written.</param>
    public static void Append(MessageBuffer output, ReadOnlySpan<byte> bytes, int most)
    {
        if (most <= MarkBytes) return;
        bytes = bytes.TrimEnd("\r\n"u8);
        if (bytes.Length <= most && bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0)
        {
            output.Append(bytes);
            return;
        }
        int start = output.Count;
        int keptCount = 0;
        int keptBytes = 0;
        for (int at = 0; at < bytes.Length;)
        {
            at += AppendNext(output, bytes[at..]);
            int written = output.Count - start;
            if (written <= most - MarkBytes) (keptCount, keptBytes) = (output.Count, at);
            if (written <= most) continue;
            output.CutTo(keptBytes == 0 ? start : keptCount);
            output.Append(" ...[+"u8);
            output.Append(bytes.Length - keptBytes);
            output.Append(" bytes]"u8);
            return;
        }
    }

    private static int AppendNext(MessageBuffer output, ReadOnlySpan<byte> bytes)
    {
        byte first = bytes[0];
        if (first is >= (byte)' ' and <= (byte)'~')
        {
            output.Append(first);
            return 1;
        }
        if (first is (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            output.Append((byte)' ');
            int next = bytes.IndexOfAnyExcept("\r\n\t"u8);
            return next < 0 ? bytes.Length : next;
        }
        // Invalid UTF-8 decodes to the replacement character.
        Rune.DecodeFromUtf8(bytes, out Rune rune, out int length);
        if (TextEscape.Needs(rune.Value)) TextEscape.Append(output, rune.Value);
        else output.Append(rune);
        return length;
    }
}
