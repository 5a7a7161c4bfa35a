using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Notes;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit seal init</c>.</summary>
[TestClass]
public sealed class SealInitTests
{
    private const string Sealed = ToolSite.Enabled + "[SealSettings]\nSeal=enabled\nKeyDir=keys\n";

    [TestMethod]
    public void ItPrintsTheVerificationKeyOfTheKeyThatItCreates()
    {
        using var site = new ToolSite(Sealed);

        string[] lines = site.Run("seal", "init", "--origin", "example.com/shop").Expect().Split('\n');

        Assert.IsTrue(VerificationKey.TryParse(lines[4], out VerificationKey? key));
        CollectionAssert.AreEqual(
            new[] { $"Key: {site.Root["keys/seal.key"]}", "Origin: example.com/shop", $"Fingerprint: {key.Fingerprint}", "Verification key:" }, lines[..4]);
        Assert.AreEqual("example.com/shop", key.Name);
        Assert.AreEqual($"{key}\n", site.Root.Read("keys/seal.vkey"));
        using var store = new SealKeyStore(SealKeyStore.DirectoryAt(site.Root["keys"]), "seal");
        Assert.AreEqual(new EpochKey(0, key), store.Load().Found);
        Assert.DoesNotContain(site.Root.Read("keys/seal.key").Split('\n')[3], string.Join('\n', lines));
    }

    [TestMethod]
    public void ItKeepsAKeyThatExistsUnlessItIsToldToReplaceIt()
    {
        using var site = new ToolSite(Sealed);
        site.Run("seal", "init").Expect();
        string before = site.Root.Read("keys/seal.key");

        ToolRun second = site.Run("seal", "init");

        Assert.AreEqual(2, second.ExitCode);
        StringAssert.StartsWith(second.Errors, $"ezaudit: {site.Root["keys/seal.key"]}: found the key of epoch 0 with the fingerprint ", StringComparison.Ordinal);
        StringAssert.EndsWith(
            second.Errors, ", expected no key. Replacing it begins a new trust root in the ledger, which whoever verifies the log must be told of.\n", StringComparison.Ordinal);
        Assert.AreEqual(before, site.Root.Read("keys/seal.key"));

        site.Run("seal", "init", "--replace").Expect();
        Assert.AreNotEqual(before, site.Root.Read("keys/seal.key"));
    }

    [TestMethod]
    public void ADirectoryCanBeNamedAndTheOriginIsThatOfTheSettings()
    {
        using var site = new ToolSite(ToolSite.Enabled + "[SealSettings]\nOrigin=example.com/audit\n");

        string output = site.Run("seal", "init", "--key-dir", "elsewhere").Expect();

        StringAssert.StartsWith(output, $"Key: {site.Root["elsewhere/seal.key"]}\nOrigin: example.com/audit\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WithoutADirectoryOrWithAnInvalidOriginNothingIsCreated()
    {
        using var site = new ToolSite();

        site.Run("seal", "init").ExpectError("seal init: There is no directory for the key. Set KeyDir in [SealSettings] of audit.ini, or name one.");
        site.Run("seal", "init", "--key-dir", "keys", "--origin", "a b").ExpectError(
            "seal init: The origin \"a b\" is invalid. Use a name of 1 to 255 bytes, without blanks, control characters and \"+\".");

        site.Run("seal", "init", "--key-dir", "var/log/audit/keys").ExpectError(
            $"seal init: The directory for the key is {site.Root["var/log/audit/keys"]}. Use one outside of the log directory, which is copied and shipped.");

        Assert.IsFalse(Directory.Exists(site.Root["keys"]));
        Assert.IsFalse(Directory.Exists(site.Root["var"]));
    }

    [TestMethod]
    public void AReplacedKeyIsANewTrustRootOfTheSameLedger()
    {
        using var site = new ToolSite(Sealed + "Origin=example.com/shop\n");
        string first = VerificationKeyOf(site.Run("seal", "init"));
        WriteRecord(site);
        site.Root.Write("settings/override/audit.ini.append", "[SealSettings]\nOrigin=example.com/other\n");

        site.Run("seal", "init", "--replace", "--origin", "example.com/other").ExpectError(
            $"seal init: The origin of the ledger in {site.Root["var/log/audit"]} is \"example.com/shop\". It stays the same for a ledger that exists.");
        string second = VerificationKeyOf(site.Run("seal", "init", "--replace"));
        WriteRecord(site);

        StringAssert.StartsWith(second, "example.com/shop+", StringComparison.Ordinal);
        string[] roots = [.. site.Root.Read("var/log/audit/ledger/000001.ezl").Split('\n').Where(line => line.StartsWith("g ", StringComparison.Ordinal)).Select(line => line.Split(' ')[3])];
        CollectionAssert.AreEqual(new[] { first, second }, roots);
    }

    [TestMethod]
    public void ACommandIsNeeded()
    {
        using var site = new ToolSite();

        ToolRun run = site.Run("seal");

        Assert.AreEqual((2, "ezaudit: no command given; use init or status\nezaudit: see ezaudit seal --help\n"), (run.ExitCode, run.Errors));
        Assert.AreEqual("ezaudit: unknown command \"start\"; use init or status\nezaudit: see ezaudit seal --help\n", site.Run("seal", "start").Errors);
    }

    private static string VerificationKeyOf(ToolRun run) => run.Expect().Split('\n')[4];

    private static void WriteRecord(ToolSite site)
    {
        using AuditWriter writer = new AuditWriterBuilder(site.Root.Path).Build();
        Assert.IsTrue(writer.WriteAudit("user-login", ("User id", 14)));
    }
}
