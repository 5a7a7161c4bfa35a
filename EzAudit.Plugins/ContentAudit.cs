using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records changes to content and its place in the tree: <c>content-move</c>, <c>content-delete</c> and <c>content-hide</c>.</summary>
/// <remarks>
/// A node is a place in the tree; an object is what is there.
/// Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>.
/// </remarks>
public static class ContentAudit
{
    private const string Category = "content";
    private const string OldParentNodeId = "Old parent node ID";
    private const string NewParentNodeId = "New parent node ID";
    private const string ObjectId = "Object ID";
    private const string ContentName = "Content Name";
    private const string Time = "Time";

    /// <summary>The definition of <c>content-delete</c>.</summary>
    public static AuditFunction DeleteFunction { get; } = new AuditFunction
    {
        Name = "content-delete",
        DefaultFileName = "content_delete.log",
        Fields = [FieldNames.NodeId, ObjectId, ContentName, FieldNames.Comment],
        EventName = "DeleteContent",
        Sentence = $"'{{{ContentName}}}' (object {{{ObjectId}}}): {{{FieldNames.Comment}}}.",
        Severity = AuditSeverity.Notice,
        Category = Category,
    }.MappedTo("file/deletion", "3004:4");

    /// <summary>The definition of <c>content-move</c>.</summary>
    public static AuditFunction MoveFunction { get; } = new AuditFunction
    {
        Name = "content-move",
        DefaultFileName = "content_move.log",
        Fields = [FieldNames.NodeId, OldParentNodeId, NewParentNodeId, ObjectId, ContentName, FieldNames.Comment],
        EventName = "MoveContent",
        Sentence = $"'{{{ContentName}}}' (node {{{FieldNames.NodeId}}}) was moved from node {{{OldParentNodeId}}} to node {{{NewParentNodeId}}}.",
        Category = Category,
    }.MappedTo("file/change", "3004:5");

    /// <summary>The definition of <c>content-hide</c>.</summary>
    public static AuditFunction HideFunction { get; } = new AuditFunction
    {
        Name = "content-hide",
        DefaultFileName = "content_hide.log",
        Fields = [FieldNames.NodeId, ObjectId, ContentName, Time, FieldNames.Comment],
        EventName = "HideContent",
        Sentence = $"'{{{ContentName}}}' (node {{{FieldNames.NodeId}}}): {{{FieldNames.Comment}}}.",
        Category = Category,
    }.MappedTo("file/change", "3004:3");

    /// <summary>A node was moved to another parent.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="oldParentNodeId">The previous parent.</param>
    /// <param name="newParentNodeId">The new parent.</param>
    /// <param name="objectId">The object at the node.</param>
    /// <param name="contentName">The object's name.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool Move(
        AuditId nodeId,
        AuditId oldParentNodeId,
        AuditId newParentNodeId,
        AuditId objectId,
        string contentName,
        string comment = "Moved the node to the given node") =>
        AuditTrail.WriteAudit(
            MoveFunction.Name,
            nodeId.AsField(FieldNames.NodeId),
            oldParentNodeId.AsField(OldParentNodeId),
            newParentNodeId.AsField(NewParentNodeId),
            objectId.AsField(ObjectId),
            (ContentName, contentName),
            (FieldNames.Comment, comment));

    /// <summary>A node was removed; its object may still be at other nodes.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="objectId">The object at the node.</param>
    /// <param name="contentName">The object's name.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool RemoveNode(AuditId nodeId, AuditId objectId, string contentName, string comment = "Removed the node") =>
        AuditTrail.WriteAudit(
            DeleteFunction.Name,
            nodeId.AsField(FieldNames.NodeId),
            objectId.AsField(ObjectId),
            (ContentName, contentName),
            (FieldNames.Comment, comment));

    /// <summary>An object was moved to the archive, from where it can be restored.</summary>
    /// <param name="objectId">The object.</param>
    /// <param name="contentName">The object's name.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool ArchiveObject(AuditId objectId, string contentName, string comment = "Archived the object") =>
        DeleteObject(objectId, contentName, comment);

    /// <summary>An object was deleted for good.</summary>
    /// <param name="objectId">The object.</param>
    /// <param name="contentName">The object's name.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool PurgeObject(AuditId objectId, string contentName, string comment = "Purged the object") =>
        DeleteObject(objectId, contentName, comment);

    /// <summary>A node and everything below it was hidden.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="objectId">The object at the node.</param>
    /// <param name="contentName">The object's name.</param>
    /// <param name="time">When it was hidden; defaults to now. Written in whole seconds since 1970.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool Hide(
        AuditId nodeId, AuditId objectId, string contentName, DateTimeOffset? time = null, string comment = "Hid the node") =>
        ChangeVisibility(nodeId, objectId, contentName, time, comment);

    /// <summary>A node and everything below it was shown again.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="objectId">The object at the node.</param>
    /// <param name="contentName">The object's name.</param>
    /// <param name="time">When it was shown again; defaults to now. Written in whole seconds since 1970.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool Unhide(
        AuditId nodeId, AuditId objectId, string contentName, DateTimeOffset? time = null, string comment = "Showed the node again") =>
        ChangeVisibility(nodeId, objectId, contentName, time, comment);

    private static bool DeleteObject(AuditId objectId, string contentName, string comment) =>
        AuditTrail.WriteAudit(
            DeleteFunction.Name,
            objectId.AsField(ObjectId),
            (ContentName, contentName),
            (FieldNames.Comment, comment));

    private static bool ChangeVisibility(AuditId nodeId, AuditId objectId, string contentName, DateTimeOffset? time, string comment) =>
        AuditTrail.WriteAudit(
            HideFunction.Name,
            nodeId.AsField(FieldNames.NodeId),
            objectId.AsField(ObjectId),
            (ContentName, contentName),
            (Time, (time ?? AuditTrail.Current.TimeProvider.GetUtcNow()).ToUnixTimeSeconds()),
            (FieldNames.Comment, comment));
}
