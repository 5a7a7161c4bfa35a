using System.Globalization;
using EzAudit.Extensibility;

namespace EzAudit.Nats.Messages;

/// <summary>The ids of records as text, and the subjects of their messages. Most records have the run of the one before. Not thread-safe.</summary>
internal sealed class MessageNames(string prefix)
{
    // Functions are few, but any name may be written.
    private const int MostSubjects = 1000;

    private readonly Dictionary<string, string> _subjects = new(StringComparer.Ordinal);
    private AuditRecordId _last;
    private string _start = "";

    /// <summary>What <see cref="AuditRecordId.ToString"/> returns.</summary>
    public string IdOf(in AuditRecordId id)
    {
        Begin(id);
        return string.Create(CultureInfo.InvariantCulture, $"{_start}{id.Number}");
    }

    public string SubjectOf(in AuditRecordId id, string function)
    {
        Begin(id);
        if (_subjects.TryGetValue(function, out string? subject)) return subject;
        if (_subjects.Count == MostSubjects) _subjects.Clear();
        return _subjects[function] = MessageSubject.Of(prefix, id.Origin, function);
    }

    private void Begin(in AuditRecordId id)
    {
        if (_start.Length > 0 && id.Origin == _last.Origin && id.Run == _last.Run) return;
        if (id.Origin != _last.Origin) _subjects.Clear();
        string text = id.ToString();
        (_last, _start) = (id, text[..(text.LastIndexOf('/') + 1)]);
    }
}
