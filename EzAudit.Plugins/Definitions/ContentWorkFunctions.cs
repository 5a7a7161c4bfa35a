using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="ContentWorkAudit"/>.</summary>
internal static class ContentWorkFunctions
{
    private static readonly FunctionGroup Group = new("content");

    public static readonly AuditFunction Create = Group.Define(
        "content-create", "content_edit.log", "CreateContent",
        "'{Content Name}' (object {Object ID}) was created below node {Parent node ID}.",
        ["Object ID", "Parent node ID", "Content Name", "Comment"],
        "file/creation", "3004:1");

    public static readonly AuditFunction Edit = Group.Define(
        "content-edit", "content_edit.log", "EditContent",
        "'{Content Name}' (object {Object ID}) was edited as version {Version}.",
        ["Object ID", "Version", "Content Name", "Comment"],
        "file/change", "3004:3");

    public static readonly AuditFunction Publish = Group.Define(
        "content-publish", "content_edit.log", "PublishContent",
        "Version {Version} of '{Content Name}' (object {Object ID}) was published.",
        ["Object ID", "Version", "Content Name", "Comment"],
        "file/change", "3004:10");

    public static readonly AuditFunction Read = Group.Define(
        "content-read", "content_read.log", "ReadContent",
        "'{Content Name}' (object {Object ID}) was read.",
        ["Node ID", "Object ID", "Content Name"],
        "file/access", "3004:2");

    public static readonly AuditFunction Copy = Group.Define(
        "content-copy", "content_edit.log", "CopyContent",
        "'{Content Name}' (object {Object ID}) was copied to object {New object ID} below node {New parent node ID}.",
        ["Object ID", "New object ID", "New parent node ID", "Content Name", "Comment"],
        "file/creation", "3004:1");

    public static readonly AuditFunction Swap = Group.Define(
        "content-swap", "content_move.log", "SwapContent",
        "Nodes {Node ID} and {Other node ID} were swapped.",
        ["Node ID", "Other node ID", "Comment"],
        "file/change", "3004:5");
}
