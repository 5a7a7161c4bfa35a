namespace EzAudit.Tests.Support;

/// <summary>The code blocks of README.md, as a reader copies them.</summary>
internal static class ReadmeText
{
    /// <summary>The first code block in a language under a heading.</summary>
    public static string Block(string heading, string language)
    {
        string text = File.ReadAllText(Repository.PathOf("README.md"));
        int section = IndexOf(text, $"\n## {heading}\n", 0);
        int start = IndexOf(text, $"```{language}\n", section) + language.Length + 4;
        return text[start..IndexOf(text, "```", start)];
    }

    private static int IndexOf(string text, string part, int from)
    {
        int index = text.IndexOf(part, from, StringComparison.Ordinal);
        Assert.AreNotEqual(-1, index, $"README.md has no {part.Trim()} where it is expected");
        return index;
    }
}
