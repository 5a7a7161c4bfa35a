using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records work on content, in addition to eZ Publish's functions in <see cref="ContentAudit"/>.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class ContentWorkAudit
{
    /// <summary>An object was created.</summary>
    public static bool Create(AuditId objectId, AuditId parentNodeId, string contentName, string comment = "Created the object") =>
        ContentWorkFunctions.Create.Write(objectId, parentNodeId, contentName, comment);

    /// <summary>An object was edited; its new version is not visible yet.</summary>
    public static bool Edit(AuditId objectId, AuditId version, string contentName, string comment = "Edited the object") =>
        ContentWorkFunctions.Edit.Write(objectId, version, contentName, comment);

    /// <summary>A version was published.</summary>
    public static bool Publish(AuditId objectId, AuditId version, string contentName, string comment = "Published the version") =>
        ContentWorkFunctions.Publish.Write(objectId, version, contentName, comment);

    /// <summary>An object was read.</summary>
    public static bool Read(AuditId nodeId, AuditId objectId, string contentName) =>
        ContentWorkFunctions.Read.Write(nodeId, objectId, contentName);

    /// <summary>An object was copied.</summary>
    public static bool Copy(
        AuditId objectId, AuditId newObjectId, AuditId newParentNodeId, string contentName, string comment = "Copied the object") =>
        ContentWorkFunctions.Copy.Write(objectId, newObjectId, newParentNodeId, contentName, comment);

    /// <summary>Two nodes were swapped.</summary>
    public static bool Swap(AuditId nodeId, AuditId otherNodeId, string comment = "Swapped the nodes") =>
        ContentWorkFunctions.Swap.Write(nodeId, otherNodeId, comment);
}
