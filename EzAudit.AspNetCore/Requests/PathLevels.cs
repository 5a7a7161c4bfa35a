namespace EzAudit.AspNetCore.Requests;

/// <summary>Maps paths to levels: of the patterns that match, the one with the most literal characters decides; of equal ones, the later.</summary>
/// <remarks>
/// Optimized because every request uses it: whole paths and file extensions are looked up, and only the remaining patterns are compared one by one.
/// </remarks>
internal sealed class PathLevels
{
    private const string AnyFile = "**/*.";

    private readonly RequestLevel _otherwise;
    private readonly Dictionary<string, RequestLevel> _whole = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RequestLevel> _extensions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(PathPattern Pattern, RequestLevel Level)> _patterns = [];

    /// <param name="levels">Levels by pattern; every key is a valid pattern.</param>
    /// <param name="otherwise">The level of paths that match no pattern.</param>
    public PathLevels(IReadOnlyDictionary<string, RequestLevel> levels, RequestLevel otherwise)
    {
        _otherwise = otherwise;
        foreach ((string text, RequestLevel level) in levels)
        {
            if (!text.Contains('*')) _whole[text.Length > 1 ? text.TrimEnd('/') : text] = level;
            else if (text.StartsWith(AnyFile, StringComparison.Ordinal) && !text.AsSpan(AnyFile.Length).ContainsAny('*', '.', '/')) _extensions[text[AnyFile.Length..]] = level;
            else _patterns.Add((PathPattern.Parse(text)!, level));
        }
        _patterns = [.. Enumerable.Reverse(_patterns).OrderByDescending(pattern => pattern.Pattern.Rank)];
    }

    public RequestLevel Of(string path)
    {
        ReadOnlySpan<char> text = path;
        if (text.Length > 1 && text[^1] == '/') text = text[..^1];
        if (_whole.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out RequestLevel level)) return level;

        int rank = ExtensionRank(text, ref level);
        foreach ((PathPattern pattern, RequestLevel own) in _patterns)
        {
            if (pattern.Rank < rank) break;
            if (pattern.Matches(text)) return own;
        }
        return rank > 0 ? level : _otherwise;
    }

    // Counts like the pattern's literal characters: the slash, the dot and the extension.
    private int ExtensionRank(ReadOnlySpan<char> path, ref RequestLevel level)
    {
        int point = path.LastIndexOf('.');
        if (point < 0 || path[point..].Contains('/')) return 0;
        ReadOnlySpan<char> extension = path[(point + 1)..];
        return _extensions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(extension, out level) ? extension.Length + 2 : 0;
    }
}

/// <summary>How much to record of a request.</summary>
internal enum RequestLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>User, method, path, endpoint, status, duration.</summary>
    Metadata,

    /// <summary>Also the requested ids: route values, query and form fields whose names are allowed.</summary>
    Ids,
}
