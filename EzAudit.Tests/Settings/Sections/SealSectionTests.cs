using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Tests.Settings.Sections;

/// <summary><c>[SealSettings]</c> with <c>[Anchor-NAME]</c> and <c>[Signer-NAME]</c>.</summary>
[TestClass]
public sealed class SealSectionTests
{
    [TestMethod]
    public void WithoutTheSectionNothingIsSealed()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        SealSettings seal = folder.Settings.Seal;

        Assert.IsFalse(seal.Enabled);
        Assert.AreEqual("", seal.KeyDirectory);
        Assert.AreEqual(16_384, seal.LeafBytes);
        Assert.AreEqual(Duration.FromMinutes(15), seal.Epoch);
        Assert.AreEqual(Duration.FromSeconds(60), seal.AnchorInterval);
        Assert.IsEmpty(seal.Anchors);
        Assert.IsNull(seal.Signer);
    }

    [TestMethod]
    public void EveryValueIsRead()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride(
            "[Anchor-mount]", "Type=file", "Path=/mnt/a", "[Signer-hsm]", "Type=kms", "Address=a:1",
            "[SealSettings]", "Seal=enabled", "KeyDir=keys", "LeafBytes=0", "Epoch=1m", "Anchors[]=mount", "Anchors[]=console", "Anchors[]=mount",
            "AnchorInterval=1s", "Signer=hsm", "Origin=example.com/a/ö");
        AuditSettings settings = folder.Settings;

        Assert.IsTrue(settings.Seal.Enabled);
        Assert.AreEqual(Path.Combine(folder.Path, "keys"), settings.Seal.KeyDirectory);
        Assert.AreEqual(0, settings.Seal.LeafBytes);
        Assert.AreEqual(Duration.FromMinutes(1), settings.Seal.Epoch);
        CollectionAssert.AreEqual(new[] { "mount", "console" }, settings.Seal.Anchors.ToArray());
        Assert.AreEqual(Duration.FromSeconds(1), settings.Seal.AnchorInterval);
        Assert.AreEqual("hsm", settings.Seal.Signer);
        Assert.AreEqual("example.com/a/ö", settings.Seal.Origin);
        Assert.AreEqual("/mnt/a", settings.Anchors["mount"].Text("Path"));
        Assert.AreEqual("a:1", settings.Signers["hsm"].Text("Address"));
    }

    [TestMethod]
    [DataRow("LeafBytes=1MiB", "Epoch=24h", "AnchorInterval=1d")]
    [DataRow("LeafBytes=0", "Epoch=60s", "AnchorInterval=1000ms")]
    public void TheLimitsAreValid(params string[] lines)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride(["[SealSettings]", "Signer=", .. lines]);

        Assert.IsNotNull(folder.Settings);
    }

    [TestMethod]
    public void AnAbsoluteKeyDirectoryStaysAsItIs()
    {
        string keys = Path.GetFullPath("/run/keys");
        using SettingsFolder folder = SettingsFolder.WithOverride("[SealSettings]", $"KeyDir={keys}");

        Assert.AreEqual(keys, folder.Settings.Seal.KeyDirectory);
    }

    [TestMethod]
    public void ADirectoryBesideTheLogDirectoryMayHaveItsNameAsStart()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[SealSettings]", "Seal=enabled", "KeyDir=var/log/audit-keys");

        Assert.AreEqual(Path.Combine(folder.Path, "var/log/audit-keys"), folder.Settings.Seal.KeyDirectory);
    }

    [TestMethod]
    public void TheDefaultOriginHasTheMachineAndTheLogDirectory()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("LogDir=log/a b+c");

        Assert.AreEqual($"{Environment.MachineName}/a-b-c", folder.Settings.Seal.Origin);
    }

    [TestMethod]
    [DataRow("Seal=yes", "\"yes\"", "\"enabled\" or \"disabled\"")]
    [DataRow("Seal=enabled", "\"Seal=enabled\"", "KeyDir=DIRECTORY beside it")]
    [DataRow("KeyDir=", "\"\"", "a directory for the keys, outside of LogDir")]
    [DataRow("KeyDir=a\\b", "\"a\\b\"", "a directory with \"/\" instead of \"\\\"")]
    [DataRow("KeyDir=var/log/audit", "\"var/log/audit\"", "a directory outside of LogDir")]
    [DataRow("KeyDir=var/log/../log/audit/keys", "\"var/log/../log/audit/keys\"", "a directory outside of LogDir")]
    [DataRow("KeyDir[]=keys", "array KeyDir[]", "one text: KeyDir=VALUE")]
    [DataRow("LeafBytes=2MiB", "\"2MiB\"", "a size of at most 1MiB, such as 16KiB, or 0 for a leaf for each record")]
    [DataRow("LeafBytes=-1", "\"-1\"", "a size of at most 1MiB, such as 16KiB, or 0 for a leaf for each record")]
    [DataRow("Epoch=59s", "\"59s\"", "a time from 1m to 24h, such as 15m")]
    [DataRow("Epoch=25h", "\"25h\"", "a time from 1m to 24h, such as 15m")]
    [DataRow("Epoch=15", "\"15\"", "a time from 1m to 24h, such as 15m")]
    [DataRow("AnchorInterval=999ms", "\"999ms\"", "a time from 1s to 24h, such as 60s")]
    [DataRow("AnchorInterval=2d", "\"2d\"", "a time from 1s to 24h, such as 60s")]
    [DataRow("Anchors[]=mount", "anchor \"mount\"", "\"console\", or a section \"[Anchor-mount]\"")]
    [DataRow("Anchors=console", "text \"console\"", "an array: Anchors[...]=VALUE")]
    [DataRow("Signer=hsm", "signer \"hsm\"", "a section \"[Signer-hsm]\"")]
    [DataRow("Origin=", "origin \"\"", "a name of 1 to 255 bytes, without blanks, control characters and \"+\"")]
    [DataRow("Origin=a b", "origin \"a b\"", "a name of 1 to 255 bytes, without blanks, control characters and \"+\"")]
    [DataRow("Origin=a+b", "origin \"a+b\"", "a name of 1 to 255 bytes, without blanks, control characters and \"+\"")]
    [DataRow("seal=enabled", "key \"seal\"", "\"Seal\"")]
    [DataRow("Leaf=1", "key \"Leaf\"", "a key of [SealSettings]: Seal, KeyDir, LeafBytes, Epoch, AnchorInterval, Signer, Origin, Anchors")]
    public void AValueThatDoesNotFitIsAProblem(string line, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[SealSettings]", line);

        Assert.AreEqual($"2: found {found}, expected {expected}", folder.Problem);
    }

    [TestMethod]
    public void AnOriginIsAtMost255BytesLong()
    {
        using SettingsFolder longest = SettingsFolder.WithOverride("[SealSettings]", $"Origin={new string('a', 255)}");
        using SettingsFolder tooLong = SettingsFolder.WithOverride("[SealSettings]", $"Origin={new string('a', 254)}ö");

        Assert.AreEqual(255, longest.Settings.Seal.Origin.Length);
        Assert.StartsWith("2: found origin", tooLong.Problem);
    }

    [TestMethod]
    public void AKeyDirectoryThatLooksLikeAVariableIsAWarning()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[SealSettings]", "KeyDir=${HOME}/keys");

        Assert.AreEqual("2: found \"${HOME}/keys\", expected a directory written out; variables are not replaced (warning)", folder.Problem);
    }

    [TestMethod]
    [DataRow("[Anchor-a]", "Path=x", 1, "\"[Anchor-a]\" without Type", "Type= followed by \"file\" or \"console\"")]
    [DataRow("[Anchor-a]", "Type=fax", 2, "type \"fax\"", "\"file\" or \"console\"; plugins of [PluginSettings] bring others")]
    [DataRow("[Signer-a]", "Type=fax", 2, "type \"fax\"", "\"kms\"; plugins of [PluginSettings] bring others")]
    [DataRow("[Anchor-]", "Type=file", 1, "\"[Anchor-]\"", "a name after it: [Anchor-NAME]")]
    [DataRow("[anchor-a]", "Type=file", 1, "\"[anchor-a]\"", "\"[Anchor-a]\"")]
    public void AWrongSectionOfAComponentIsAProblem(string header, string line, int at, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride(header, line);

        CollectionAssert.Contains(folder.Problems, $"{SettingsFolder.Override}:{at}: found {found}, expected {expected}");
    }

    [TestMethod]
    [DataRow("[Anchor-a]", "Type=file", "Url=x", "key \"Url\"", "a key of [Anchor-a]: Type, Path")]
    [DataRow("[Anchor-a]", "Type=file", "Format=json", "key \"Format\"", "a key of [Anchor-a]: Type, Path")]
    [DataRow("[Signer-a]", "Type=kms", "address=x", "key \"address\"", "\"Address\"")]
    public void AKeyThatTheTypeDoesNotKnowIsAProblem(string header, string type, string line, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride(header, type, line);

        Assert.AreEqual($"3: found {found}, expected {expected}", folder.Problem);
    }

    [TestMethod]
    [DataRow("ledger")]
    [DataRow("ledger/login.log")]
    [DataRow("Ledger/login.log")]
    public void TheLedgersDirectoryIsNoPlaceForALogFile(string name)
    {
        string[] lines = ["[AuditSettings]", $"AuditFileNames[a]={name}", "[SealSettings]", "KeyDir=keys"];
        using SettingsFolder isOff = SettingsFolder.WithOverride(lines);
        using SettingsFolder isOn = SettingsFolder.WithOverride([.. lines, "Seal=enabled"]);

        Assert.AreEqual(name, isOff.Settings.FileNames["a"].Value);
        Assert.AreEqual($"2: found file name \"{name}\", expected a file name that is not \"ledger\" or below it, where the ledger is", isOn.Problem);
    }

    [TestMethod]
    public void ALogFileMayHaveANameThatBeginsLikeTheLedgers()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("AuditFileNames[a]=ledger.log", "AuditFileNames[b]=b/ledger", "[SealSettings]", "Seal=enabled", "KeyDir=keys");

        Assert.HasCount(2, folder.Settings.FileNames);
    }
}
