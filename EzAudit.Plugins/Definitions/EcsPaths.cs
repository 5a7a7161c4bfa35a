namespace EzAudit.Plugins.Definitions;

/// <summary>Maps field names to paths in the Elastic Common Schema. A path that starts with # takes a number.</summary>
internal static class EcsPaths
{
    /// <summary>The version of the schema.</summary>
    public const string Version = "8.17.0";

    private static readonly (string Field, string Path)[] Everywhere =
    [
        ("Group ID", "group.id"),
        ("Group name", "group.name"),
        ("Reason", "event.reason"),
        ("Exception type", "error.type"),
        ("Message", "error.message"),
        ("Method", "http.request.method"),
        ("Status", "#http.response.status_code"),
        ("Path", "url.path"),
        ("URL", "url.original"),
        ("User agent", "user_agent.original"),
        ("File name", "file.name"),
        ("Media type", "file.mime_type"),
        ("Service", "service.name"),
        ("Package", "package.name"),
    ];

    private static readonly (string Field, string Path)[] OfFiles = [("Bytes", "#file.size")];

    private static readonly (string Field, string Path)[] OfTheWeb = [("Bytes", "#http.response.body.bytes"), ("Query", "url.query")];

    private static readonly (string Field, string Path)[] OfPackages = [("Version", "package.version")];

    private static readonly (string Field, string Path)[] OfProcesses = [("Version", "service.version"), ("Job", "process.name")];

    // The user who signs in is the actor; any other user in a record is the target.
    private static readonly (string Field, string Path)[] OfSignIns = [("User id", "user.id"), ("User login", "user.name")];

    private static readonly (string Field, string Path)[] OfOthers = [("User id", "user.target.id"), ("User login", "user.target.name"), ("Email", "user.target.email")];

    public static IEnumerable<(string Field, string Path)> For(string category) => category switch
    {
        "authentication" => [.. Everywhere, .. OfSignIns],
        "file" => [.. Everywhere, .. OfOthers, .. OfFiles],
        "web" => [.. Everywhere, .. OfOthers, .. OfTheWeb],
        "package" => [.. Everywhere, .. OfPackages],
        "process" => [.. Everywhere, .. OfProcesses],
        _ => [.. Everywhere, .. OfOthers],
    };
}
