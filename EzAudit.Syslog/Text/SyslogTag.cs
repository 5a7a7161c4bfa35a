using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Syslog.Text;

/// <summary>The tag of messages: a text with <c>{NAME}</c> for the value of a field and <c>{function}</c> for the function.</summary>
internal sealed class SyslogTag
{
    public const string Expected = "1 to 48 visible ASCII characters without a colon, in which {FIELD} stands for a field and {function} for the function";

    private const int MostBytes = 48;

    private readonly string[] _parts;

    // Parts with odd indexes are names.
    private SyslogTag(string[] parts) => _parts = parts;

    public static SyslogTag? TryParse(string text)
    {
        string[] parts = text.Split('{', '}');
        bool isClosed = parts.Length % 2 == 1 && text.Count(c => c == '{') == parts.Length / 2;
        bool isPlain = parts.Where((_, index) => index % 2 == 0).All(part => part.All(IsPlain));
        return text.Length is > 0 and <= MostBytes && isClosed && isPlain ? new SyslogTag(parts) : null;
    }

    /// <summary>Appends the tag. Characters not allowed in a tag become <c>_</c>, and an empty tag becomes <c>-</c>.</summary>
    public void Append(MessageBuffer output, in AuditRecordView record)
    {
        int start = output.Count;
        for (int i = 0; i < _parts.Length; i++)
        {
            foreach (char c in i % 2 == 0 ? _parts[i] : ValueOf(_parts[i], record))
            {
                if (output.Count - start == MostBytes) return;
                output.Append(IsPlain(c) ? (byte)c : (byte)'_');
            }
        }
        if (output.Count == start) output.Append((byte)'-');
    }

    private static string ValueOf(string name, in AuditRecordView record)
    {
        if (name == "function") return record.Function.Name;
        foreach (AuditField field in record.Fields)
        {
            if (field.Name == name) return field.Value;
        }
        return "";
    }

    private static bool IsPlain(char c) => c is > ' ' and <= '~' and not ':' and not '{' and not '}';
}
