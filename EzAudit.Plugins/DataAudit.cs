using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Data that leaves, comes, or is about people.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class DataAudit
{
    /// <summary>Data left the application.</summary>
    public static bool Export(string data, long rows, string destination) =>
        DataFunctions.Export.Write(data, rows, destination);

    /// <summary>Data came into the application.</summary>
    public static bool Import(string data, long rows, string source) =>
        DataFunctions.Import.Write(data, rows, source);

    /// <summary>Somebody read what is known about a person.</summary>
    public static bool ReadPersonal(AuditId personId, string person, string data, string purpose) =>
        DataFunctions.ReadPersonal.Write(personId, person, data, purpose);

    /// <summary>What is known about a person was erased.</summary>
    public static bool ErasePersonal(AuditId personId, string person, string data, string purpose) =>
        DataFunctions.ErasePersonal.Write(personId, person, data, purpose);

    /// <summary>A file was uploaded.</summary>
    public static bool Upload(AuditId fileId, string fileName, string mediaType, long bytes) =>
        DataFunctions.Upload.Write(fileId, fileName, mediaType, bytes);

    /// <summary>A file was downloaded.</summary>
    public static bool Download(AuditId fileId, string fileName, long bytes) =>
        DataFunctions.Download.Write(fileId, fileName, bytes);
}
