using EzAudit.Extensibility;

namespace EzAudit.Formats.Output;

/// <summary>One piece of a line: writes what stands there for a record.</summary>
internal delegate void RecordPart(ref Utf8Output line, in AuditRecordView record);

/// <summary>Finds fields of a record on its way.</summary>
internal static class RecordFields
{
    /// <summary>The place of the first field of that name; -1 when there is none.</summary>
    public static int IndexOf(this in AuditRecordView record, string name)
    {
        for (int i = 0; i < record.Fields.Length; i++)
        {
            if (record.Fields[i].Name == name) return i;
        }
        return -1;
    }
}
