namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>The functions that record changes and reads of rows, and the fields they share.</summary>
internal static class RecordFunctions
{
    public const string Select = "record-select";
    public const string Insert = "record-insert";
    public const string Update = "record-update";
    public const string Delete = "record-delete";
    public const string Query = "page-query";

    public const string Table = "Table";
    public const string Sidu = "SIDU";

    public static string Of(AuditChangeKind kind) => kind switch
    {
        AuditChangeKind.Insert => Insert,
        AuditChangeKind.Delete => Delete,
        _ => Update,
    };

    public static string SiduOf(AuditChangeKind kind) => kind switch
    {
        AuditChangeKind.Insert => "I",
        AuditChangeKind.Delete => "D",
        _ => "U",
    };
}
