namespace EzAudit.AspNetCore.Requests;

/// <summary>Path to level: of the patterns that fit, the one with more characters of its own decides; of equal ones, the later.</summary>
/// <remarks>
/// Fast on purpose, as it is asked for each request: whole paths and file extensions are looked up, and only what remains is compared one by one.
/// </remarks>
internal sealed class PathLevels
{
    private const string AnyFile = "**/*.";

    private readonly RequestLevel _otherwise;
    private readonly Dictionary<string, RequestLevel> _whole = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RequestLevel> _extensions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(PathPattern Pattern, RequestLevel Level)> _patterns = [];

    /// <param name="levels">Pattern to level; all are patterns.</param>
    /// <param name="otherwise">The level of paths that no pattern fits.</param>
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

    // As the pattern's own: the slash, the point and the extension.
    private int ExtensionRank(ReadOnlySpan<char> path, ref RequestLevel level)
    {
        int point = path.LastIndexOf('.');
        if (point < 0 || path[point..].Contains('/')) return 0;
        ReadOnlySpan<char> extension = path[(point + 1)..];
        return _extensions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(extension, out level) ? extension.Length + 2 : 0;
    }
}
