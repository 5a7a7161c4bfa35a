namespace EzAudit.Plugins.Definitions;

/// <summary>Maps field names to paths in the classes of the Open Cybersecurity Schema Framework. A path that starts with # takes a number.</summary>
/// <remarks>If two fields of a record have the same path, the later one is used.</remarks>
internal static class OcsfPaths
{
    /// <summary>The version of the schema.</summary>
    public const string Version = "1.8.0";

    private static readonly (string Field, string Path)[] Everywhere = [("Reason", "status_detail")];

    private static readonly (string Field, string Path)[] OfRequests =
    [
        ("Method", "http_request.http_method"),
        ("Path", "http_request.url.path"),
        ("URL", "http_request.url.url_string"),
        ("User agent", "http_request.user_agent"),
        ("Protocol", "http_request.version"),
        ("Status", "#http_response.code"),
    ];

    private static readonly (string Field, string Path)[] OfUsers =
    [
        ("User id", "user.uid"),
        ("User login", "user.name"),
        ("Email", "user.email_addr"),
        ("Assign to content object ID", "user.uid"),
        ("Content object name", "user.name"),
    ];

    private static readonly (string Field, string Path)[] OfSessions = [("Session id", "session.uid"), ("Scheme", "auth_protocol")];

    private static readonly (string Field, string Path)[] OfPrivileges =
    [
        ("Role name", "privileges[]"),
        ("Scope", "privileges[]"),
        ("Granted", "privileges[]"),
        ("Revoked", "privileges[]"),
        ("Project name", "resource.name"),
        ("Project ID", "resource.uid"),
    ];

    private static readonly (string Field, string Path)[] OfGroups =
    [
        ("Added", "group.name"),
        ("Old name", "group.name"),
        ("New name", "group.name"),
        ("Group ID", "group.uid"),
        ("Group name", "group.name"),
    ];

    private static readonly (string Field, string Path)[] OfEntities =
    [
        ("Entity type", "entity.type"),
        ("Entity path", "entity.name"),
        ("Entity ID", "entity.uid"),
        ("Node ID", "entity.uid"),
        ("Object ID", "entity.uid"),
        ("Content Name", "entity.name"),
        ("Content object ID", "entity.uid"),
        ("Content object name", "entity.name"),
        ("Version", "entity.version"),
        ("Role ID", "entity.uid"),
        ("Role name", "entity.name"),
        ("Key id", "entity.uid"),
        ("Key name", "entity.name"),
        ("Order ID", "entity.uid"),
        ("Person id", "entity.uid"),
        ("Person", "entity.name"),
        ("Setting", "entity.name"),
        ("Flag", "entity.name"),
        ("Files", "entity.name"),
        ("ids", "entity.uid"),
    ];

    private static readonly (string Field, string Path)[] OfWebResources =
    [
        ("URL", "web_resources[].url_string"),
        ("Path", "web_resources[].name"),
        ("Page", "web_resources[].name"),
        ("Data", "web_resources[].name"),
        ("Files", "web_resources[].name"),
    ];

    private static readonly (string Field, string Path)[] OfApplications =
        [("Service", "app.name"), ("Version", "app.version"), ("Job", "app.name"), ("Cache", "app.name"), ("Package", "app.name")];

    private static readonly (string Field, string Path)[] OfApis = [("Path", "api.operation"), ("Operation", "api.operation"), ("Resource", "api.service.name")];

    private static readonly (string Field, string Path)[] OfDatastores = [("Table", "table.name"), ("Entity type", "table.name"), ("Query", "query_info.query_string")];

    private static readonly (string Field, string Path)[] OfFiles =
        [("File name", "file.name"), ("File ID", "file.uid"), ("Media type", "file.mime_type"), ("Bytes", "#file.size")];

    public static IEnumerable<(string Field, string Path)> For(long ofClass) => ofClass switch
    {
        3001 => [.. Everywhere, .. OfUsers],
        3002 => [.. Everywhere, .. OfUsers, .. OfSessions, .. OfRequests],
        3004 => [.. Everywhere, .. OfEntities],
        3005 => [.. Everywhere, .. OfUsers, .. OfPrivileges],
        3006 => [.. Everywhere, .. OfUsers, .. OfGroups],
        4002 => [.. Everywhere, .. OfRequests],
        6001 => [.. Everywhere, .. OfRequests, .. OfWebResources],
        6002 => [.. Everywhere, .. OfApplications],
        6003 => [.. Everywhere, .. OfRequests, .. OfApis],
        6005 => [.. Everywhere, .. OfDatastores],
        6006 => [.. Everywhere, .. OfFiles],
        _ => Everywhere,
    };

    /// <summary>The constants that a class requires and no field provides.</summary>
    public static IEnumerable<(string Path, long Number)> ConstantsFor(long ofClass) => ofClass switch
    {
        // A regular file.
        6006 => [("file.type_id", 1)],
        // A database of unknown type.
        6005 => [("database.type_id", 0)],
        _ => [],
    };
}
