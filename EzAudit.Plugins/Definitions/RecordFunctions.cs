using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="RecordAudit"/>. In addition to the fields named here, their records have one or two for each column.</summary>
internal static class RecordFunctions
{
    public const string Table = "Table";
    public const string Sidu = "SIDU";

    private static readonly FunctionGroup Group = new("record");

    public static readonly AuditFunction Select = Group.Define(
        "record-select", "record_read.log", "SelectRecord",
        "{Rows} rows of {Table} were read by '{Query}'.",
        [Table, Sidu, "Rows", "Query"],
        "database/access", "6005:1");

    // No sentence: what matters are the columns, which differ from table to table.
    public static readonly AuditFunction Insert = DefineChange("record-insert", "InsertRecord", "database/creation", "6005:6");

    public static readonly AuditFunction Update = DefineChange("record-update", "UpdateRecord", "database/change", "6005:2");

    public static readonly AuditFunction Delete = DefineChange("record-delete", "DeleteRecord", "database/deletion", "6005:7");

    private static AuditFunction DefineChange(string name, string eventName, string ecs, string ocsf) =>
        Group.Define(name, "record_change.log", eventName, "", [Table, Sidu], ecs, ocsf, AuditSeverity.Notice) with { Sentence = null };
}
