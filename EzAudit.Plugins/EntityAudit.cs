using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records who read what.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class EntityAudit
{
    /// <summary>The definition of <c>entity-view</c>.</summary>
    public static AuditFunction ViewFunction => EntityFunctions.View;

    /// <summary>The definition of <c>entity-search</c>.</summary>
    public static AuditFunction SearchFunction => EntityFunctions.Search;

    /// <summary>The definition of <c>entity-download</c>.</summary>
    public static AuditFunction DownloadFunction => EntityFunctions.Download;

    /// <summary>A user viewed an entity.</summary>
    public static bool View(string entityType, string entityPath, AuditId entityId, string projectName) =>
        EntityFunctions.View.Write(entityType, entityPath, entityId, projectName);

    /// <summary>A user searched.</summary>
    public static bool Search(string entityType, string query, long resultCount) =>
        EntityFunctions.Search.Write(entityType, query, resultCount);

    /// <summary>A user downloaded a file that belongs to an entity.</summary>
    public static bool Download(string entityType, AuditId entityId, string fileName, long bytes) =>
        EntityFunctions.Download.Write(entityType, entityId, fileName, bytes);
}
