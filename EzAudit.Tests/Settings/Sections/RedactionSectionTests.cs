using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Settings.Sections;

/// <summary><c>[RedactionSettings]</c> and its key file.</summary>
[TestClass]
public sealed class RedactionSectionTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private static SettingsFolder WithKey(string key, UnixFileMode mode)
    {
        SettingsFolder folder = SettingsFolder.WithOverride("[RedactionSettings]", "Mode=hmac", "KeyFile=settings/key").Write("settings/key", key);
        File.SetUnixFileMode(Path.Combine(folder.Path, "settings/key"), mode);
        return folder;
    }

    [TestMethod]
    public void FieldsAndModeAreRead()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[RedactionSettings]", "Fields[]=iban", "Mode=mask");
        CollectionAssert.AreEqual(new[] { "iban" }, folder.Settings.Redaction.Fields.ToArray());
        Assert.AreEqual(RedactionMode.Mask, folder.Settings.Redaction.Mode);
    }

    [TestMethod]
    public void AKeyFileIsReadBelowTheRoot()
    {
        using SettingsFolder folder = WithKey(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.AreEqual(Key + "\n", System.Text.Encoding.ASCII.GetString(folder.Settings.Redaction.Key.Span));
    }

    [TestMethod]
    [DataRow("short", UnixFileMode.UserRead, "which has 6 bytes")]
    [DataRow(Key, UnixFileMode.UserRead | UnixFileMode.OtherRead, "which others can read or write")]
    public void AKeyFileThatIsNoSecretIsRefused(string key, UnixFileMode mode, string found)
    {
        using SettingsFolder folder = WithKey(key, mode);
        Assert.AreEqual(
            $"3: found key file \"settings/key\", {found}, expected a file of 32 to 4096 bytes that only its owner, or its owner and group, can read", folder.Problem);
    }

    [TestMethod]
    public void AKeyFileOfAnotherUserIsRefused()
    {
        Needs.Root("chown");
        using var site = new AuditSite(AuditSite.Enabled + "[RedactionSettings]\nMode=hmac\nKeyFile=key\n");
        File.SetUnixFileMode(site.Root.Write("key", Key), UnixFileMode.UserRead);
        Command.Run("chown", "4711", site.Root["key"]);

        AuditSettingsProblem problem = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer).Problems.Single(problem => !problem.IsWarning);

        Assert.AreEqual("key file \"key\", which belongs to another user", problem.Found);
    }

    [TestMethod]
    public void AMissingKeyFileIsRefused()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[RedactionSettings]", "Mode=hmac", "KeyFile=no/key");
        StringAssert.StartsWith(folder.Problem, "3: found key file \"no/key\", which does not exist");
    }

    [TestMethod]
    [Timeout(60_000)]
    public void APipeIsNoKeyFile()
    {
        Needs.Programs("mkfifo");
        using SettingsFolder folder = SettingsFolder.WithOverride("[RedactionSettings]", "Mode=hmac", "KeyFile=key");
        Command.Run("mkfifo", Path.Combine(folder.Path, "key"));

        StringAssert.StartsWith(folder.Problem, "3: found key file \"key\", which is a pipe, a socket or a device, expected a file of 32 to 4096 bytes");
    }

    [TestMethod]
    public void DigestsNeedAKeyFile()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[RedactionSettings]", "Mode=hmac");
        Assert.AreEqual("2: found \"Mode=hmac\", expected KeyFile=FILE beside it", folder.Problem);
    }
}
