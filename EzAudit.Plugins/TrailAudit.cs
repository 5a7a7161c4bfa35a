using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>What people do with the audit trail, beside what it records of itself.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class TrailAudit
{
    /// <summary>The audit trail is about to be switched off.</summary>
    public static bool Disable(IEnumerable<string> files, string reason) =>
        TrailFunctions.Disable.Write(FieldValue.List(files), reason);

    /// <summary>Somebody read records.</summary>
    public static bool Read(IEnumerable<string> files, string query, long records) =>
        TrailFunctions.Read.Write(FieldValue.List(files), query, records);

    /// <summary>Somebody exported records.</summary>
    public static bool Export(IEnumerable<string> files, string query, long records, string destination) =>
        TrailFunctions.Export.Write(FieldValue.List(files), query, records, destination);

    /// <summary>Somebody had the evidence checked.</summary>
    public static bool Verify(IEnumerable<string> files, long records, string result) =>
        TrailFunctions.Verify.Write(FieldValue.List(files), records, result);

    /// <summary>Files were put under a legal hold, or out of it: <c>set</c>, <c>lifted</c>.</summary>
    public static bool LegalHold(string hold, string action, IEnumerable<string> files, string reason) =>
        TrailFunctions.LegalHold.Write(hold, action, FieldValue.List(files), reason);
}
