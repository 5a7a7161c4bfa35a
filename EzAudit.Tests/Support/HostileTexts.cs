namespace EzAudit.Tests.Support;

/// <summary>Texts that are hard for line-based and structured formats.</summary>
internal static class HostileTexts
{
    private const int Seed = 2014;

    /// <summary>Line breaks, quotes, backslashes, NUL, invalid UTF-16, JSON and XML syntax, a text of 1 MB, and generated texts.</summary>
    public static IEnumerable<string> All =>
    [
        "", "a\nb", "a\r\nb\rc", "\u2028\u2029\u0085\v\f", "\"quoted\" 'too'", "C:\\temp\\new\\", "\\\"", "\0", "a\0b", "\ud800", "\udc00x\ud83d", "😀", "\ufffe\uffff",
        "--", "---", "-->", "a-", "<!--", "]]>", "<a b=\"c\">&amp;</a>", "#", " old", "#a new", "{\"time\":\"", "[[\"", "%m%n", "\u001b[31m", "\u202eabc", "\\u{a}",
        new string('x', 1 << 20), string.Concat(Enumerable.Repeat("é\n\"\ud800", 1 << 18)),
        .. Enumerable.Range(0, 300).Select(MadeUp),
    ];

    private static string MadeUp(int number)
    {
        var random = new Random(Seed + number);
        int most = number % 2 == 0 ? 0x100 : 0x10000;
        return string.Create(random.Next(40), random, (text, next) =>
        {
            for (int i = 0; i < text.Length; i++) text[i] = (char)next.Next(most);
        });
    }
}
