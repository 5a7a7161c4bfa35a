using System.Text.RegularExpressions;

namespace EzAudit.Tests.Architecture;

/// <summary>Strips comments and strings from C# source, so that a search finds only code.</summary>
internal static partial class SourceText
{
    public static string WithoutCommentsAndStrings(string source) => CommentOrString().Replace(source, match => match.Value.StartsWith('/') ? "" : "\"\"");

    // Raw strings come first: their quotes would look like empty strings.
    [GeneratedRegex(""""
        """[\s\S]*?"""|//[^\n]*|/\*[\s\S]*?\*/|@"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'
        """")]
    private static partial Regex CommentOrString();
}
