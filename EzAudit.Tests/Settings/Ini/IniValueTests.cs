using EzAudit.Settings.Ini;

namespace EzAudit.Tests.Settings.Ini;

/// <summary>The value of a key after the operations of several lines and files.</summary>
[TestClass]
public sealed class IniValueTests
{
    [TestMethod]
    public void WithoutAResetEntriesAreMerged() => Assert.AreEqual("a=3 b=2 c=4", Merge("X[a]=1", "X[b]=2", "X[a]=3", "X[c]=4"));

    [TestMethod]
    public void AResetDropsEarlierEntries() => Assert.AreEqual("b=2", Merge("X[a]=1", "X[]", "X[b]=2"));

    [TestMethod]
    public void AResetTurnsATextIntoAnArray() => Assert.AreEqual("a=1", Merge("X=text", "X[]", "X[a]=1"));

    [TestMethod]
    public void ATextReplacesAnArray() => Assert.AreEqual("text", Merge("X[a]=1", "X=text"));

    [TestMethod]
    public void AnEntryOnATextLeavesBoth() => Assert.AreEqual("text a=1", Merge("X=text", "X[a]=1"));

    [TestMethod]
    public void AppendedEntriesHaveNoName() => Assert.AreEqual("?=1 ?=1", Merge("X[]=1", "X[]=1"));

    [TestMethod]
    public void TheEntryZeroCountsAsNoName() => Assert.AreEqual("?=1 ?=2", Merge("X[0]=1", "X[0]=2"));

    [TestMethod]
    public void AnAppendedEntryTakesTheNumberAfterTheHighest() => Assert.AreEqual("7=1 8=3", Merge("X[7]=1", "X[]=2", "X[8]=3"));

    [TestMethod]
    public void ANumberWithALeadingZeroIsAText() => Assert.AreEqual("07=1 ?=2", Merge("X[07]=1", "X[]=2"));

    [TestMethod]
    public void ThePlaceIsThatOfTheLastLine()
    {
        var merged = new MergedIni([Parse("[S]", "X=1", "X=2")]);

        Assert.AreEqual(new SettingsPlace("f", 3), merged.Find("S", "X")!.Place);
    }

    private static string Merge(params string[] lines)
    {
        IniValue value = new MergedIni([Parse(["[S]", .. lines])]).Find("S", "X")!;
        IEnumerable<string> entries = value.Entries.Select(entry => $"{entry.Name ?? "?"}={entry.Value}");
        return string.Join(' ', value.Text is { } text ? entries.Prepend(text.Value) : entries);
    }

    private static IniFile Parse(params string[] lines) =>
        IniFileParser.Parse("f", IniText.Decode(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)), IniText.Utf8, "f"));
}
