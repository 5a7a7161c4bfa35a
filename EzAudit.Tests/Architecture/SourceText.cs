using System.Text.RegularExpressions;

namespace EzAudit.Tests.Architecture;

/// <summary>C# source without what is no code, so that a search in it finds only names.</summary>
internal static partial class SourceText
{
    public static string WithoutCommentsAndStrings(string source) => CommentOrString().Replace(source, match => match.Value.StartsWith('/') ? "" : "\"\"");

    // Raw strings first: their quotes would look like empty strings.
    [GeneratedRegex(""""
        """[\s\S]*?"""|//[^\n]*|/\*[\s\S]*?\*/|@"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'
        """")]
    private static partial Regex CommentOrString();
}
