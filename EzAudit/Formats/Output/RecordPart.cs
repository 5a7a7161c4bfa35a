using EzAudit.Extensibility;

namespace EzAudit.Formats.Output;

/// <summary>Writes one segment of a line for a record.</summary>
internal delegate void RecordPart(ref Utf8Output line, in AuditRecordView record);

/// <summary>Finds fields of a record that is being written.</summary>
internal static class RecordFields
{
    /// <summary>The index of the first field with that name; -1 if there is none.</summary>
    public static int IndexOf(this in AuditRecordView record, string name)
    {
        for (int i = 0; i < record.Fields.Length; i++)
        {
            if (record.Fields[i].Name == name) return i;
        }
        return -1;
    }
}
