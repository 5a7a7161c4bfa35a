using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records exports, imports, personal data and files.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class DataAudit
{
    /// <summary>Data was exported.</summary>
    public static bool Export(string data, long rows, string destination) =>
        DataFunctions.Export.Write(data, rows, destination);

    /// <summary>Data was imported.</summary>
    public static bool Import(string data, long rows, string source) =>
        DataFunctions.Import.Write(data, rows, source);

    /// <summary>A user read personal data.</summary>
    public static bool ReadPersonal(AuditId personId, string person, string data, string purpose) =>
        DataFunctions.ReadPersonal.Write(personId, person, data, purpose);

    /// <summary>Personal data was erased.</summary>
    public static bool ErasePersonal(AuditId personId, string person, string data, string purpose) =>
        DataFunctions.ErasePersonal.Write(personId, person, data, purpose);

    /// <summary>A file was uploaded.</summary>
    public static bool Upload(AuditId fileId, string fileName, string mediaType, long bytes) =>
        DataFunctions.Upload.Write(fileId, fileName, mediaType, bytes);

    /// <summary>A file was downloaded.</summary>
    public static bool Download(AuditId fileId, string fileName, long bytes) =>
        DataFunctions.Download.Write(fileId, fileName, bytes);
}
