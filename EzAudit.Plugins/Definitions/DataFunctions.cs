using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="DataAudit"/>.</summary>
internal static class DataFunctions
{
    private static readonly FunctionGroup Group = new("data");

    public static readonly AuditFunction Export = Group.Define(
        "data-export", "data.log", "ExportData",
        "{Rows} rows of {Data} were exported to {Destination}.",
        ["Data", "Rows", "Destination"],
        "file/access", "6001:7", AuditSeverity.Notice);

    public static readonly AuditFunction Import = Group.Define(
        "data-import", "data.log", "ImportData",
        "{Rows} rows of {Data} were imported from {Source}.",
        ["Data", "Rows", "Source"],
        "file/creation", "6001:6", AuditSeverity.Notice);

    public static readonly AuditFunction ReadPersonal = Group.Define(
        "personal-data-read", "personal_data.log", "ReadPersonalData",
        "{Data} about '{Person}' ({Person id}) was read: {Purpose}.",
        ["Person id", "Person", "Data", "Purpose"],
        "database/access", "3004:2", AuditSeverity.Notice);

    public static readonly AuditFunction ErasePersonal = Group.Define(
        "personal-data-erase", "personal_data.log", "ErasePersonalData",
        "{Data} about '{Person}' ({Person id}) was erased: {Purpose}.",
        ["Person id", "Person", "Data", "Purpose"],
        "database/deletion", "3004:4", AuditSeverity.Warning);

    public static readonly AuditFunction Upload = Group.Define(
        "file-upload", "file.log", "UploadFile",
        "File '{File name}' ({Bytes} bytes, {Media type}) was uploaded as {File ID}.",
        ["File ID", "File name", "Media type", "Bytes"],
        "file/creation", "6006:1");

    public static readonly AuditFunction Download = Group.Define(
        "file-download", "file.log", "DownloadFile",
        "File '{File name}' ({File ID}, {Bytes} bytes) was downloaded.",
        ["File ID", "File name", "Bytes"],
        "file/access", "6006:2");
}
