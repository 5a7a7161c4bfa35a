using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Who read what.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class EntityAudit
{
    /// <summary>Somebody looked at something.</summary>
    public static bool View(string entityType, string entityPath, AuditId entityId, string projectName) =>
        EntityFunctions.View.Write(entityType, entityPath, entityId, projectName);

    /// <summary>Somebody searched.</summary>
    public static bool Search(string entityType, string query, long resultCount) =>
        EntityFunctions.Search.Write(entityType, query, resultCount);

    /// <summary>Somebody downloaded a file that belongs to something.</summary>
    public static bool Download(string entityType, AuditId entityId, string fileName, long bytes) =>
        EntityFunctions.Download.Write(entityType, entityId, fileName, bytes);
}
