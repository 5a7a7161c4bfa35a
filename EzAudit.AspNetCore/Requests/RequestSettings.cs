using EzAudit.AspNetCore.Security;
using EzAudit.Extensibility;

namespace EzAudit.AspNetCore.Requests;

/// <summary>The <c>[RequestSettings]</c> of audit.ini: which requests are recorded, and how much of each. Immutable.</summary>
internal sealed class RequestSettings
{
    public const string Section = "RequestSettings";

    private const string LevelKey = "Level";
    private const string LevelsKey = "Levels";
    private const string MethodsKey = "Methods";
    private const string IdsKey = "Ids";

    // Requests that no user makes: health probes and static page assets.
    private static readonly string[] Noise =
    [
        "/health/**", "/healthz/**", "/livez/**", "/readyz/**", "/_framework/**", "/_content/**", "/favicon.ico",
        .. new[] { "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "woff", "woff2", "ttf", "otf" }.Select(extension => $"**/*.{extension}"),
    ];

    private readonly PathLevels _levels;
    private readonly string[] _methods;

    private RequestSettings(PathLevels levels, string[] methods, IReadOnlySet<string> ids)
    {
        _levels = levels;
        _methods = methods;
        Ids = ids;
    }

    /// <summary>The settings that apply without a section.</summary>
    public static RequestSettings Default { get; } = Read(new AuditComponentSettings(Section, new Dictionary<string, string>()));

    public static IReadOnlyList<string> Keys { get; } = [LevelKey, $"{LevelsKey}[]", $"{MethodsKey}[]", $"{IdsKey}[]"];

    /// <summary>The names of route values, query and form fields whose values are recorded, ignoring case.</summary>
    public IReadOnlySet<string> Ids { get; }

    public static RequestSettings Read(AuditComponentSettings settings)
    {
        RequestLevel otherwise = settings[LevelKey] is { } text ? ReadLevel(text, null) : RequestLevel.Metadata;
        var levels = Noise.ToDictionary(pattern => pattern, _ => RequestLevel.None, StringComparer.OrdinalIgnoreCase);
        foreach ((string pattern, string level) in settings.GetMap(LevelsKey))
        {
            if (PathPattern.Parse(pattern) is null) throw new AuditComponentSettingsException(LevelsKey, PathPattern.Expected, pattern);
            // Removed first, so that it moves to the end.
            levels.Remove(pattern);
            levels.Add(pattern, ReadLevel(level, pattern));
        }
        if (settings.GetArray(LevelsKey).Count != settings.GetMap(LevelsKey).Count) throw new AuditComponentSettingsException(LevelsKey, $"a pattern in the brackets: {LevelsKey}[/admin/**]=ids");
        string[] methods = [.. settings.GetArray(MethodsKey)];
        if (methods.FirstOrDefault(method => !method.All(char.IsAsciiLetterUpper) || method.Length == 0) is { } wrong) throw new AuditComponentSettingsException(MethodsKey, "a method such as GET", wrong);
        IReadOnlyList<string> ids = settings.GetArray(IdsKey);
        return new RequestSettings(new PathLevels(levels, otherwise), methods, new HashSet<string>(ids.Count > 0 ? ids : ["id"], StringComparer.OrdinalIgnoreCase));
    }

    public RequestLevel LevelOf(string method, string path) =>
        _methods.Length > 0 && !_methods.Contains(method) ? RequestLevel.None : _levels.Of(path);

    private static RequestLevel ReadLevel(string text, string? pattern) => text switch
    {
        "none" => RequestLevel.None,
        "metadata" => RequestLevel.Metadata,
        "ids" => RequestLevel.Ids,
        _ => throw new AuditComponentSettingsException(pattern is null ? LevelKey : LevelsKey, "\"none\", \"metadata\" or \"ids\"", pattern),
    };
}

/// <summary>Adds the sections <c>[RequestSettings]</c> and <c>[SignInSettings]</c> to audit.ini.</summary>
internal sealed class RequestPlugin : IAuditPlugin
{
    public void Register(AuditRegistry registry) => registry
        .AddSettings(RequestSettings.Section, RequestSettings.Keys, RequestSettings.Read)
        .AddSettings(SignInSettings.Section, SignInSettings.Keys, SignInSettings.Read);
}
