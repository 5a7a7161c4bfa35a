using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records what people do with the audit trail, in addition to what it records itself.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class TrailAudit
{
    /// <summary>The audit trail is about to be turned off.</summary>
    public static bool Disable(IEnumerable<string> files, string reason) =>
        TrailFunctions.Disable.Write(FieldValue.List(files), reason);

    /// <summary>A user read records.</summary>
    public static bool Read(IEnumerable<string> files, string query, long records) =>
        TrailFunctions.Read.Write(FieldValue.List(files), query, records);

    /// <summary>A user exported records.</summary>
    public static bool Export(IEnumerable<string> files, string query, long records, string destination) =>
        TrailFunctions.Export.Write(FieldValue.List(files), query, records, destination);

    /// <summary>A user verified the evidence.</summary>
    public static bool Verify(IEnumerable<string> files, long records, string result) =>
        TrailFunctions.Verify.Write(FieldValue.List(files), records, result);

    /// <summary>A legal hold on files was <c>set</c> or <c>lifted</c>.</summary>
    public static bool LegalHold(string hold, string action, IEnumerable<string> files, string reason) =>
        TrailFunctions.LegalHold.Write(hold, action, FieldValue.List(files), reason);
}
