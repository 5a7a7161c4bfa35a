namespace EzAudit.Formats.Text;

/// <summary>The characters of ASCII that are seen, and the blank.</summary>
internal static class PrintableAscii
{
    public static string All { get; } = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c));

    public static string Without(string characters) => string.Concat(All.Except(characters));
}
