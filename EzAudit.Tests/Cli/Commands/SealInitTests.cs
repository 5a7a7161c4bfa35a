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

        Assert.IsFalse(Directory.Exists(site.Root["keys"]));
    }

    [TestMethod]
    public void ACommandIsNeeded()
    {
        using var site = new ToolSite();

        ToolRun run = site.Run("seal");

        Assert.AreEqual((2, "ezaudit: no command given; use init\nezaudit: see ezaudit seal --help\n"), (run.ExitCode, run.Errors));
        Assert.AreEqual("ezaudit: unknown command \"start\"; use init\nezaudit: see ezaudit seal --help\n", site.Run("seal", "start").Errors);
    }
}
