using System.Text;
using EzAudit.Formats.Output;

namespace EzAudit.Tests.Formats.Output;

[TestClass]
public sealed class PlainAsciiTests
{
    [TestMethod]
    public void EveryCharacterInEveryPlaceIsTreatedAsTheFormatDefinesIt()
    {
        foreach (int length in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 33])
        {
            for (int place = 0; place < length; place++)
            {
                for (int c = 0; c <= 0x1ff; c++)
                {
                    char[] text = [.. Enumerable.Repeat('x', length)];
                    text[place] = (char)c;
                    bool isPlain = c is >= ' ' and <= '~' and not ('[' or '\\' or ']' or ':');
                    Assert.AreEqual(isPlain, Narrow(text, ':', out byte[] bytes), $"U+{c:X4} at {place} of {length}");
                    if (isPlain) CollectionAssert.AreEqual(Encoding.ASCII.GetBytes(text), bytes);
                }
            }
        }
    }

    [TestMethod]
    public void CharactersBeyondABytesRangeAreNeverPlain()
    {
        foreach (char c in "\u0141\u2041\uff41\ud841\u4100") Assert.IsFalse(Narrow(['a', c, 'b', 'c', 'd', 'e', 'f', 'g', 'h'], ':', out _));
    }

    [TestMethod]
    public void AColonIsPlainWhereNothingElseIsExcluded() => Assert.IsTrue(Narrow("a: b and c: d".ToCharArray(), PlainAscii.NoOther, out _));

    [TestMethod]
    public void NothingIsPlain() => Assert.IsTrue(Narrow([], ':', out _));

    private static bool Narrow(char[] text, char other, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        return PlainAscii.TryNarrow(text, bytes, other);
    }
}
