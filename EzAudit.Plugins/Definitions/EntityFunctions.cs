using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="EntityAudit"/>.</summary>
internal static class EntityFunctions
{
    private static readonly FunctionGroup Group = new("entity");

    public static readonly AuditFunction View = Group.Define(
        "entity-view", "entity_view.log", "ViewEntity",
        "{Entity type} '{Entity path}' ({Entity ID}) in project '{Project name}' was viewed.",
        ["Entity type", "Entity path", "Entity ID", "Project name"],
        "database/access", "3004:2");

    public static readonly AuditFunction Search = Group.Define(
        "entity-search", "entity_view.log", "SearchEntities",
        "{Entity type} was searched for '{Query}', {Result count} found.",
        ["Entity type", "Query", "Result count"],
        "database/access", "6005:4");

    public static readonly AuditFunction Download = Group.Define(
        "entity-download", "entity_view.log", "DownloadEntity",
        "File '{File name}' ({Bytes} bytes) of {Entity type} {Entity ID} was downloaded.",
        ["Entity type", "Entity ID", "File name", "Bytes"],
        "file/access", "6006:2");
}
