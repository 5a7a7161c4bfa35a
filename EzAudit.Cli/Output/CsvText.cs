using System.Buffers;

namespace EzAudit.Cli.Output;

/// <summary>Writes lines of CSV by RFC 4180. A cell that a spreadsheet would take for a formula gets a leading apostrophe.</summary>
internal static class CsvText
{
    public const string Ending = "\r\n";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a line, without the characters that could control a terminal that shows it.</summary>
    public static void Write(Terminal terminal, params IEnumerable<string> cells) =>
        terminal.Output.Write(Line(cells.Select(cell => VisibleText.Of(cell, keepsLines: true))));

    public static string Line(params IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + Ending;

    private static string Cell(string text)
    {
        // In Chinese, Japanese and Korean locales, the full-width characters start a formula too.
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..]) text = "'" + text;
        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
