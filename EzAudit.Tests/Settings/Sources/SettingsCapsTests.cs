namespace EzAudit.Tests.Settings.Sources;

/// <summary>Settings files that are too large to be intended.</summary>
[TestClass]
public sealed class SettingsCapsTests
{
    [TestMethod]
    [Fault(67)]
    public void AFileOverOneMebibyteIsNotRead()
    {
        using SettingsFolder folder = new SettingsFolder().WriteBytes(SettingsFolder.Override, new byte[(1 << 20) + 1]);

        Assert.AreEqual("0: found a file over 1 MiB, expected a file of at most 1 MiB that this process may read", folder.Problem);
    }

    [TestMethod]
    public void ALineOverEightKibibytesIsAProblem()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("LogDir=" + new string('x', 8186), "Audit=enabled");

        Assert.AreEqual("2: found a line of 8193 bytes, expected at most 8 KiB", folder.Problem);
    }

    [TestMethod]
    public void MoreThanTenThousandSettingsAreAProblem()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings([.. Enumerable.Range(1, 10_002).Select(number => $"AuditFileNames[f{number}]=f.log")]);

        Assert.AreEqual("10002: found more than 10 000 settings, expected at most 10 000 of them; the rest of the file was not read", folder.Problem);
    }

    [TestMethod]
    public void AFileFullOfMistakesIsAbandoned()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings([.. Enumerable.Repeat(" x=y", 5000)]);

        Assert.HasCount(101, folder.Problems);
        Assert.AreEqual(
            "settings/override/audit.ini.append.php:101: found 100 problems in this file, expected a file with fewer mistakes; the rest of it was not read",
            folder.Problems[^1]);
    }
}
