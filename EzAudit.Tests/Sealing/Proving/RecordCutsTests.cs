using System.Text;
using EzAudit.Sealing.Proving;

namespace EzAudit.Tests.Sealing.Proving;

/// <summary>Where records end, without knowing their format.</summary>
[TestClass]
public sealed class RecordCutsTests
{
    [TestMethod]
    [DataRow("\n", DisplayName = "as in json")]
    [DataRow("\n\n", DisplayName = "as in classic")]
    [DataRow("\n\n\n", DisplayName = "a plugin's, of which two thirds occur as often")]
    [DataRow("\r\n", DisplayName = "carriage return and newline")]
    [DataRow("--END--\n", DisplayName = "a plugin's")]
    public void ExactlyTheRecordsAreFound(string terminator)
    {
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            string[] records = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => RandomText(random, terminator) + terminator)];
            byte[] extent = Encoding.ASCII.GetBytes(string.Concat(records));
            var expected = new HashSet<(int, int)>();
            for (int i = 0, at = 0; i < records.Length; at += records[i++].Length) expected.Add((at, records[i].Length));
            for (int begin = 0; begin <= extent.Length; begin++)
            {
                for (int length = 0; length <= extent.Length - begin; length++)
                {
                    Assert.AreEqual(
                        expected.Contains((begin, length)),
                        RecordCuts.IsRecord(extent, records.Length, begin, length),
                        $"[{begin}, {begin}+{length}) of {Encoding.ASCII.GetString(extent)}");
                }
            }
        }
    }

    [TestMethod]
    public void TextInsideARecordIsNoRecord()
    {
        const string lie = "[ Jan 01 2026 00:00:00 ] [1.2.3.4]\nAdministrator role granted to: mallory\n";
        string record = "[ Jan 02 2026 00:00:00 ] [1.2.3.4]\nComment: " + lie + "\n";
        byte[] extent = Encoding.ASCII.GetBytes("first\n\n" + record + "last\n\n");
        int begin = extent.AsSpan().IndexOf(Encoding.ASCII.GetBytes(lie));
        Assert.IsTrue(RecordCuts.IsRecord(extent, 3, 7, record.Length));
        Assert.IsFalse(RecordCuts.IsRecord(extent, 3, begin, lie.Length));
        Assert.IsFalse(RecordCuts.IsRecord(extent, 3, begin, lie.Length + 1));
    }

    [TestMethod]
    [DataRow("a\nb\n", 0, DisplayName = "none")]
    [DataRow("a\nb\n", 3, DisplayName = "too many")]
    [DataRow("axbxcx", 2, DisplayName = "too few")]
    [DataRow("", 0, DisplayName = "an empty extent")]
    public void ACountThatDoesNotFitMakesNoRecords(string extent, int count)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(extent);
        for (int begin = 0; begin <= bytes.Length; begin++)
            for (int length = 0; length <= bytes.Length - begin; length++) Assert.IsFalse(RecordCuts.IsRecord(bytes, count, begin, length), $"[{begin}, {begin}+{length})");
    }

    // Line ends, letters of the longest terminator, and another letter; the terminator itself does not occur, not even across the end.
    private static string RandomText(Random random, string terminator)
    {
        while (true)
        {
            string text = new([.. Enumerable.Range(0, random.Next(0, 9)).Select(_ => "\n\r-ENDx"[random.Next(7)])]);
            if ((text + terminator).IndexOf(terminator, StringComparison.Ordinal) == text.Length) return text;
        }
    }
}
