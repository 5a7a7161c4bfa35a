using System.Security.Cryptography;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Tests.Formats.Output;

[TestClass]
public sealed class FieldSanitizerTests
{
    private static readonly RecordLimits Small = new() { MaxFieldBytes = 106, MaxRecordBytes = 100_000, MaxFields = 3 };

    // Enough to be over the limit of 106 bytes; a mark takes 96, so ten remain.
    private static readonly string Rest = new('x', 100);

    private static AuditField[] Limited(RecordLimits limits, params AuditField[] fields) => new FieldSanitizer(limits).Sanitize(fields, out _).ToArray();

    private static string Mark(int missing, string whole) => Mark(missing, Encoding.UTF8.GetBytes(whole));

    private static string Mark(int missing, byte[] whole) => $" ...[+{missing} bytes, sha256={Convert.ToHexStringLower(SHA256.HashData(whole))}]";

    [TestMethod]
    public void SmallFieldsArePassedThroughUnchanged()
    {
        AuditField[] fields = [("a", "b"), ("c", 1), ("d", true)];
        Assert.IsTrue(new FieldSanitizer(new RecordLimits()).Sanitize(fields, out int failed) == fields.AsSpan());
        Assert.AreEqual(0, failed);
    }

    [TestMethod]
    public void AValueAtTheLimitIsWhole() => Assert.AreEqual("012345" + Rest, Limited(Small, ("a", "012345" + Rest))[0].Value);

    [TestMethod]
    [Fault(47)]
    public void AValueOverTheLimitIsCutAndSaysSo() =>
        Assert.AreEqual("0123456789" + Mark(100, "0123456789" + Rest), Limited(Small, ("a", "0123456789" + Rest))[0].Value);

    [TestMethod]
    public void ANameOverTheLimitIsCutToo() =>
        Assert.AreEqual("0123456789" + Mark(100, "0123456789" + Rest), Limited(Small, ("0123456789" + Rest, 7))[0].Name);

    [TestMethod]
    public void AFunctionMayLimitAFieldFurther()
    {
        var function = new AuditFunction { Name = "sign-in", FieldLimits = new Dictionary<string, int> { ["Login"] = 106, ["Path"] = 2000 } };
        AuditField[] fields = [("Login", "0123456789" + Rest), ("Comment", "0123456789" + Rest), ("Path", new string('x', 1500))];
        AuditField[] limited = new FieldSanitizer(new RecordLimits()).Sanitize(fields, out _, function: function).ToArray();
        Assert.AreEqual("0123456789" + Mark(100, "0123456789" + Rest), limited[0].Value);
        CollectionAssert.AreEqual(fields[1..], limited[1..]);

        AuditField[] small = new FieldSanitizer(Small).Sanitize([fields[2]], out _, function: function).ToArray();
        Assert.IsLessThanOrEqualTo(106, small[0].Value.Length);
    }

    [TestMethod]
    public void ALimitThatHasNoRoomForAMarkIsRefused()
    {
        var function = new AuditFunction { Name = "sign-in", FieldLimits = new Dictionary<string, int> { ["Login"] = 95 } };
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => new AuditRegistry().AddFunction(function)).Message,
            "The limit of 95 bytes for field \"Login\" of function \"sign-in\" is too small. Use 96 or more.",
            StringComparison.Ordinal);
    }

    [TestMethod]
    public void IfNotEvenAMarkFitsItIsWrittenAlone() =>
        Assert.AreEqual(Mark(3, "abc"), Limited(Small with { MaxFieldBytes = 2 }, ("a", "abc"))[0].Value);

    [TestMethod]
    [Fault(47)]
    public void NoCharacterIsCutInTwo()
    {
        Assert.AreEqual("ééééé" + Mark(102, "éééééé" + Rest), Limited(Small, ("a", "éééééé" + Rest))[0].Value);
        Assert.AreEqual("😀😀" + Mark(104, "😀😀😀" + Rest), Limited(Small, ("a", "😀😀😀" + Rest))[0].Value);
        Assert.AreEqual("日日日" + Mark(103, "日日日日" + Rest), Limited(Small, ("a", "日日日日" + Rest))[0].Value);
    }

    [TestMethod]
    public void ALoneSurrogateCountsAndHashesAsItsThreeBytes() => Assert.AreEqual(
        "\ud800\ud800a" + Mark(105, [0xed, 0xa0, 0x80, 0xed, 0xa0, 0x80, 0x61, 0xed, 0xbf, 0xbf, 0x62, 0x63, .. Encoding.ASCII.GetBytes(Rest)]),
        Limited(Small with { MaxFieldBytes = 105 }, ("a", "\ud800\ud800a\udfffbc" + Rest))[0].Value);

    [TestMethod]
    public void AHashCoversAllOfALongText()
    {
        string text = string.Concat(Enumerable.Repeat("x😀", 50_000));
        StringAssert.EndsWith(Limited(Small, ("a", text))[0].Value, Mark(250_000 - 10, text));
    }

    [TestMethod]
    public void FieldsOverTheLimitAreLeftOutAndOneSaysHowMany()
    {
        AuditField[] limited = Limited(Small, ("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5));
        CollectionAssert.AreEqual(new AuditField[] { ("a", 1), ("b", 2), ("c", 3), ("...", "[+2 fields]") }, limited);
    }

    [TestMethod]
    public void ARecordOverTheLimitLosesTheEndsOfItsLongestValues()
    {
        var limits = new RecordLimits { MaxFieldBytes = 5000, MaxRecordBytes = 10_000 };
        AuditField[] limited = Limited(limits, ("id", 7), ("short", "kept"), ("a", new string('a', 4900)), ("b", new string('b', 9000)), ("c", new string('c', 4000)));
        Assert.AreEqual(("7", "kept"), (limited[0].Value, limited[1].Value));
        StringAssert.Contains(limited[3].Value, Mark(9000 - limited[3].Value.IndexOf(' ', StringComparison.Ordinal), new string('b', 9000)));
        int total = limited.Sum(field => field.Name.Length + field.Value.Length);
        Assert.IsTrue(total is > 9900 and <= 10_000, $"{total} bytes");
    }

    [TestMethod]
    public void AnObjectIsAskedForItsTextOnceAndItsFailureIsCounted()
    {
        int asked = 0;
        var fields = new FieldSanitizer(new RecordLimits()).Sanitize(
            [("a", new Talking(() => $"{++asked}")), ("b", new Talking(() => throw new InvalidOperationException())), ("c", 1.5m)], out int failed);
        CollectionAssert.AreEqual(new AuditField[] { ("a", "1"), ("b", "[error: Talking]"), ("c", "1.5") }, fields.ToArray());
        Assert.AreEqual((1, 1, "1"), (asked, failed, fields[0].Value));
    }

    [TestMethod]
    public void ATextBesideTheFieldsIsCutAtTheSameLimit()
    {
        Assert.AreEqual("admin", new FieldSanitizer(Small).Sanitize("admin"));
        Assert.AreEqual("0123456789" + Mark(100, "0123456789" + Rest), new FieldSanitizer(Small).Sanitize("0123456789" + Rest));
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("\u4e2d")]
    [DataRow("\U0001f600")]
    public void ALongLoginIdOrAddressIsCutToAKilobyteAndSaysSo(string character)
    {
        string text = string.Concat(Enumerable.Repeat(character, 1_000_000));
        var sanitizer = new FieldSanitizer(new RecordLimits());

        AuditActor actor = sanitizer.Sanitize(new AuditActor(text, text));

        foreach (string cut in new[] { sanitizer.Sanitize(text), actor.Login, actor.Id })
        {
            Assert.IsLessThanOrEqualTo(1024, System.Text.Encoding.UTF8.GetByteCount(cut));
            StringAssert.Contains(cut, $"{character} ...[+");
        }
    }

    private sealed class Talking(Func<string> says)
    {
        public override string ToString() => says();
    }
}
