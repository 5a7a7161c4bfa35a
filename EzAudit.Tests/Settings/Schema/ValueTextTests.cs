using EzAudit.Settings.Schema;
using NodaTime;

namespace EzAudit.Tests.Settings.Schema;

/// <summary>Sizes, durations and permissions as written in settings.</summary>
[TestClass]
public sealed class ValueTextTests
{
    [TestMethod]
    [DataRow("0", 0L)]
    [DataRow("204800", 204_800L)]
    [DataRow("1KiB", 1024L)]
    [DataRow("64MiB", 67_108_864L)]
    [DataRow("3GiB", 3_221_225_472L)]
    public void ASizeIsANumberOfBytes(string text, long bytes)
    {
        Assert.IsTrue(ValueRules.Size.TryParse(text, out long parsed));
        Assert.AreEqual(bytes, parsed);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("KiB")]
    [DataRow("-1")]
    [DataRow("1 KiB")]
    [DataRow("1kib")]
    [DataRow("1MB")]
    [DataRow("1.5MiB")]
    [DataRow("9999999999GiB")]
    [DataRow("99999999999999999999")]
    public void AnInvalidSizeIsRefused(string text) => Assert.IsFalse(ValueRules.Size.TryParse(text, out _));

    [TestMethod]
    [DataRow("250ms", 250L)]
    [DataRow("10s", 10_000L)]
    [DataRow("2m", 120_000L)]
    [DataRow("1h", 3_600_000L)]
    [DataRow("999999d", 86_399_913_600_000L)]
    public void ATimeHasAUnit(string text, long milliseconds)
    {
        Assert.IsTrue(ValueRules.Duration.TryParse(text, out Duration parsed));
        Assert.AreEqual(Duration.FromMilliseconds(milliseconds), parsed);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("10")]
    [DataRow("s")]
    [DataRow("-1s")]
    [DataRow("1 s")]
    [DataRow("1S")]
    [DataRow("9999999d")]
    public void AnInvalidTimeIsRefused(string text) => Assert.IsFalse(ValueRules.Duration.TryParse(text, out _));

    [TestMethod]
    [DataRow("0640", 0x1A0)]
    [DataRow("640", 0x1A0)]
    [DataRow("0666", 0x1B4)]
    [DataRow("02777", 0x5FD)]
    public void PermissionsAreOctalAndNeverWriteForOthers(string text, int bits)
    {
        Assert.IsTrue(ValueRules.FilePermissions.TryParse(text, out UnixFileMode mode));
        Assert.AreEqual((UnixFileMode)bits, mode);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("64")]
    [DataRow("0888")]
    [DataRow("rw-")]
    [DataRow("10000")]
    [DataRow("000640")]
    public void InvalidPermissionsAreRefused(string text) => Assert.IsFalse(ValueRules.FilePermissions.TryParse(text, out _));
}
