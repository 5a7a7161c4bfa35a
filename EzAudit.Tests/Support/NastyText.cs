using EzAudit.Records;
using FsCheck.Fluent;
using FsCheck;

namespace EzAudit.Tests.Support;

/// <summary>Texts that are hard for a log format, and records made of them.</summary>
internal static class NastyText
{
    public static readonly string[] Pieces =
    [
        "", " ", ":", ": ", " :", "::", ":: ", "[", "]", "[ ", "] [", " ] [", "\t", "\n", "\n\n", "\n\t", "\n\t\t", "\r", "\r\n", "\n\r\n", "\0", "\0\0",
        "\\", "\\u", "\\u{", "\\u{a}", "\\u{5c}u{a}", "\\u{0}", "\\u{torn}", "u{", "{", "}", "\\u{d800}", "\ud800", "\udc00", "\ud83d", "\ude00", "😀",
        "a", "admin", "14", "é", "日本語", "\u200d", "\u200c", "\u202e", "\u2066", "\u2028", "\u2029", "\u0085", "\u007f", "\u001b[31m", "\ufeff", "\ufffd",
        "\uffff", "\u061c", "שלום", "[ May 23 2007 14:47:58 ] [", " May 23 2007 14:47:58 ", "[ May 23 2007 14:47:58 ] [10.0.0.1] [admin:14]",
        "[ May 23 2007 14:47:58 ]", "May 23 2007 14:47:58", "[ Feb 30 2007 14:47:58 ] [", "Comment: forged", "C:\\temp\\new", "::1",
    ];

    public static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements(Pieces),
        Gen.Elements(Pieces).ArrayOf().Select(string.Concat),
        Gen.Choose(0, 0xffff).Select(c => (char)c).ArrayOf().Select(characters => new string(characters)),
        Gen.Choose(0, 0xff).Select(c => (char)c).ArrayOf().Select(characters => new string(characters)),
        from piece in Gen.Elements(Pieces) from times in Gen.Choose(1, 3000) select string.Concat(Enumerable.Repeat(piece, times)));

    public static readonly Gen<AuditRecord> Record =
        from address in Text
        from login in Text
        from id in Text
        from second in Gen.Choose(0, int.MaxValue)
        from fields in (from name in Text from value in Text select new AuditField(name, value)).ArrayOf()
        select new AuditRecord(DateTimeOffset.FromUnixTimeSeconds(second * 2L), address, new AuditActor(login, id), fields);
}
