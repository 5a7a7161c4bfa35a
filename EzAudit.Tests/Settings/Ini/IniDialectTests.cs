using EzAudit.Settings.Ini;

namespace EzAudit.Tests.Settings.Ini;

/// <summary>Lines of a file in eZ Publish's dialect.</summary>
[TestClass]
public sealed class IniDialectTests
{
    [TestMethod]
    public void AValueIsTheRestOfTheLineUntouched() => Assert.AreEqual(" 'a' = \"b\" # c ; d\t", ValueOf("Key= 'a' = \"b\" # c ; d\t"));

    [TestMethod]
    public void ADoubleHashCutsTheLineAtTheLastOne() => Assert.AreEqual("a##b", ValueOf("Key=a##b##c"));

    [TestMethod]
    public void BlanksBeforeADoubleHashStay() => Assert.AreEqual("a ", ValueOf("Key=a ## note"));

    [TestMethod]
    public void ALineThatBeginsWithAHashIsAComment() => Assert.IsEmpty(Parse("[S]", "#Key=a", "## Key=b").Operations);

    [TestMethod]
    public void ASectionNameIsTrimmed() => Assert.AreEqual("My Section", Parse("[ My Section ] \t").Sections.Single().Value);

    [TestMethod]
    public void ASectionHeaderMayHaveANote() => Assert.AreEqual("S", Parse("[S]##note").Sections.Single().Value);

    [TestMethod]
    public void ASectionMayComeAgain()
    {
        IniFile file = Parse("[A]", "x=1", "[B]", "x=2", "[A]", "x=3");

        CollectionAssert.AreEqual(new[] { "A", "B", "A" }, file.Operations.Select(operation => operation.Section).ToArray());
    }

    [TestMethod]
    public void TheLineOfAValueCountsBlankLinesAndComments()
    {
        IniFile file = Parse("", "[S]", "", "   ", "# note", "Key=a", "\t", "Key=b");

        CollectionAssert.AreEqual(new[] { 6, 8 }, file.Operations.Select(operation => operation.Place.Line).ToArray());
        Assert.AreEqual(2, file.Sections.Single().Place.Line);
    }

    [TestMethod]
    public void AResetAnAppendedAndANamedEntryAreDistinguished()
    {
        IniFile file = Parse("[S]", "Key[]", "Key[]=a", "Key[b c]=d", "Key=e");

        CollectionAssert.AreEqual(
            new (string?, string?)[] { ("", null), ("", "a"), ("b c", "d"), (null, "e") },
            file.Operations.Select(operation => (operation.Entry, operation.Value)).ToArray());
    }

    [TestMethod]
    public void ABracketInAValueBelongsToTheValue()
    {
        IniOperation operation = Parse("[S]", "Key[x]=a=b[c].log").Operations.Single();

        Assert.AreEqual("x", operation.Entry);
        Assert.AreEqual("a=b[c].log", operation.Value);
    }

    [TestMethod]
    public void CarriageReturnsAreDroppedWhereverTheyStand()
    {
        using SettingsFolder folder = new SettingsFolder().Write(SettingsFolder.Override, "[Audit\rSettings]\r", "Au\rdit=enabled\r");

        Assert.IsTrue(folder.Settings.Enabled);
    }

    [TestMethod]
    public void TheWrappingOfAPhpFileIsSilentlySkipped() =>
        Assert.IsEmpty(Parse("<?php /*", "<?php", "/*", "*/ ?>", "*/", "?>", "; x=y", "// x=y", "  # x=y", " * x=y").Problems);

    [TestMethod]
    public void TheEndOfThePhpCommentAfterAValueIsAProblem() => Assert.AreEqual(
        "f:2: found \"enabled*/ ?>\", expected the end of the PHP comment, \"*/ ?>\", on a line of its own",
        Parse("[S]", "Key=enabled*/ ?>").Problems.Single().Problem.ToString());

    [TestMethod]
    public void AByteOrderMarkIsSkipped()
    {
        using SettingsFolder folder = new SettingsFolder().WriteBytes(SettingsFolder.Override, [.. "\uFEFF[AuditSettings]\nAudit=enabled\n"u8]);

        Assert.IsTrue(folder.Settings.Enabled);
    }

    [TestMethod]
    public void TheLastLineNeedsNoLineEnd()
    {
        using SettingsFolder folder = new SettingsFolder().WriteBytes(SettingsFolder.Override, [.. "[AuditSettings]\nAudit=enabled"u8]);

        Assert.IsTrue(folder.Settings.Enabled);
    }

    private static IniFile Parse(params string[] lines) =>
        IniFileParser.Parse("f", IniText.Decode(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)), IniText.Utf8, "f"));

    private static string ValueOf(string line) => Parse("[S]", line).Operations.Single().Value!;
}
