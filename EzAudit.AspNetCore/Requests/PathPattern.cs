namespace EzAudit.AspNetCore.Requests;

/// <summary>A path pattern: <c>*</c> matches anything within a segment, <c>**</c> anything; <c>/a/**</c> also matches <c>/a</c>. Case is ignored.</summary>
internal sealed class PathPattern
{
    public const string Expected = "a pattern such as /orders/*/lines, /admin/** or **/*.css: at most 256 characters, starting with \"/\" or \"**/\"";

    private const int MaxLength = 256;
    private const string AndBelow = "/**";

    private readonly string _pattern;
    private readonly string? _withoutBelow;

    private PathPattern(string pattern)
    {
        _pattern = pattern;
        _withoutBelow = pattern.EndsWith(AndBelow, StringComparison.Ordinal) ? pattern[..^AndBelow.Length] : null;
        Rank = pattern.Count(c => c != '*');
    }

    /// <summary>The number of literal characters: of several matching patterns, the highest rank decides.</summary>
    public int Rank { get; }

    /// <summary>Parses a pattern; <see langword="null"/> if the text is not one.</summary>
    public static PathPattern? Parse(string text) =>
        text.Length <= MaxLength && (text.StartsWith('/') || text.StartsWith("**/", StringComparison.Ordinal)) && !text.Contains("***", StringComparison.Ordinal)
            ? new PathPattern(WithoutSlash(text).ToString())
            : null;

    public bool Matches(ReadOnlySpan<char> path)
    {
        path = WithoutSlash(path);
        return Matches(_pattern, path) || (_withoutBelow is not null && Matches(_withoutBelow, path));
    }

    private static ReadOnlySpan<char> WithoutSlash(ReadOnlySpan<char> path) => path.Length > 1 && path[^1] == '/' ? path[..^1] : path;

    // Backtracks to the last star and, if that cannot cross a slash, to the last double star, never further. A hostile path therefore costs
    // at most the square of its length.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        int at = 0, i = 0;
        int star = -1, starPath = 0, doubleStar = -1, doubleStarPath = 0;
        while (i < path.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                if (at + 1 < pattern.Length && pattern[at + 1] == '*')
                {
                    at += 2;
                    (doubleStar, doubleStarPath) = (at, i);
                    star = -1;
                }
                else
                {
                    at++;
                    (star, starPath) = (at, i);
                }
            }
            else if (at < pattern.Length && char.ToUpperInvariant(pattern[at]) == char.ToUpperInvariant(path[i]))
            {
                at++;
                i++;
            }
            else if (star >= 0 && path[starPath] != '/')
            {
                i = ++starPath;
                at = star;
            }
            else if (doubleStar >= 0)
            {
                i = ++doubleStarPath;
                at = doubleStar;
                star = -1;
            }
            else
            {
                return false;
            }
        }
        return pattern[at..].TrimStart('*').IsEmpty;
    }
}
