using EzAudit.Sealing.Ledger;

namespace EzAudit.Tests.Sealing.Ledger;

/// <summary>Ranges, compared with an array of all bytes.</summary>
[TestClass]
public sealed class CoveredRangesTests
{
    private const int Size = 60;

    [TestMethod]
    public void RangesAreWhatWasAddedInAnyOrder()
    {
        var random = new Random(13);
        for (int trial = 0; trial < 500; trial++)
        {
            var ranges = new CoveredRanges();
            bool[] bytes = new bool[Size];
            for (int i = random.Next(12); i > 0; i--)
            {
                int begin = random.Next(Size);
                int end = random.Next(begin, Size + 1);
                ranges.Add(begin, end);
                Array.Fill(bytes, true, begin, end - begin);
            }
            Check(ranges, bytes, random);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("5-5")]
    [DataRow("0-3,2-5")]
    [DataRow("0-3,3-5")]
    [DataRow("4-5,0-3")]
    [DataRow("00-3")]
    [DataRow("0-3,")]
    [DataRow("+0-3")]
    public void OnlyTheCanonicalTextParses(string text) => Assert.IsFalse(CoveredRanges.TryParse(text, out _));

    private static void Check(CoveredRanges ranges, bool[] bytes, Random random)
    {
        Assert.IsTrue(CoveredRanges.TryParse(ranges.ToString(), out CoveredRanges parsed));
        Assert.AreEqual(ranges.ToString(), parsed.ToString());
        for (int i = 0; i < Size; i++) Assert.AreEqual(bytes[i], ranges.Covers(i, i + 1));
        int begin = random.Next(Size);
        int end = random.Next(begin, Size + 1);
        Assert.AreEqual(bytes[begin..end].All(covered => covered), ranges.Covers(begin, end));
        bool[] gaps = new bool[Size];
        foreach (ByteRange gap in ranges.Gaps(begin, end)) Array.Fill(gaps, true, (int)gap.Begin, (int)gap.Length);
        for (int i = begin; i < end; i++) Assert.AreNotEqual(bytes[i], gaps[i]);
    }
}
