using System.Text.Json;
using EzAudit.Tests.Sealing.Verifying;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit verify</c>, <c>ezaudit prove</c>, <c>ezaudit seal status</c>, and searching with <c>--verified</c>, as processes.</summary>
[TestClass]
public sealed class VerifyTests
{
    private const string Sealed = "[AuditSettings]\nAudit=enabled\nAuditFileNames[login]=login.log\n[SealSettings]\nSeal=enabled\nKeyDir=keys\n";
    private const string Record = "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [editor:16]\nUser: anna\n\n";

    [TestMethod]
    public void TheExitCodeIsTheVerdict()
    {
        using var site = new ToolSite(Sealed);
        using LedgerBuilder ledger = OfOneRecord();
        string[] verify = ["verify", "--dir", ledger.Folder.Path, "--key", ledger.Root.ToString()];

        string output = site.Run(verify).Expect();

        StringAssert.EndsWith(output, $"intact: 1 record in {Record.Length} bytes attested, 5 leaves, 1 checkpoint, 0 findings\n", StringComparison.Ordinal);
        File.AppendAllText(ledger.PathOf(1), "more");
        StringAssert.StartsWith(site.Run(verify).Expect(2), $"incomplete: login.log: bytes {Record.Length} to {Record.Length + 3}: not in the ledger: nothing vouches for it [unattested]\n", StringComparison.Ordinal);
        LedgerBuilder.Replace(ledger.PathOf(1), "anna", "anne");
        StringAssert.StartsWith(site.Run(verify).Expect(1), "tampered: login.log: bytes 0 to ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WhatCannotBeVerifiedExitsWith3()
    {
        using var site = new ToolSite(Sealed);
        using LedgerBuilder ledger = OfOneRecord();

        foreach (string[] arguments in new string[][] { ["verify"], ["verify", "--bogus"], ["verify", "--dir", site.Root.Path, "--key", ledger.Root.ToString()], ["verify", "--key", "nonsense"],
            ["verify", "--dir", ledger.Folder.Path, "--key", ledger.Root.ToString(), "--fresh-within", "soon"], ["verify", "--proof", "missing", "--key", ledger.Root.ToString()] })
        {
            ToolRun run = site.Run(arguments);
            Assert.AreEqual((3, ""), (run.ExitCode, run.Output), string.Join(' ', arguments));
            Assert.AreNotEqual("", run.Errors);
        }
    }

    [TestMethod]
    public void JsonHasTheSamePlaces()
    {
        using var site = new ToolSite(Sealed);
        using LedgerBuilder ledger = OfOneRecord();
        LedgerBuilder.Replace(ledger.PathOf(1), "anna", "anne");
        string keys = site.Root.Write("shop.vkey", $"{ledger.Root}\n");

        using JsonDocument json = JsonDocument.Parse(site.Run("verify", "--dir", ledger.Folder.Path, "--key", keys, "--json").Expect(1));

        Assert.AreEqual("tampered", json.RootElement.GetProperty("result").GetString());
        JsonElement finding = json.RootElement.GetProperty("findings")[0];
        Assert.AreEqual(("tampered", "extent", "login.log"), (finding.GetProperty("severity").GetString(), finding.GetProperty("code").GetString(), finding.GetProperty("file").GetString()));
        Assert.AreEqual((0L, (long)Record.Length, 1L, 3L), (finding.GetProperty("offset").GetInt64(), finding.GetProperty("length").GetInt64(), finding.GetProperty("firstRecord").GetInt64(), finding.GetProperty("seq").GetInt64()));
    }

    [TestMethod]
    public void AnchorsFreshnessAndTheLastVerificationAreOptions()
    {
        using var site = new ToolSite(Sealed);
        using LedgerBuilder ledger = OfOneRecord();
        string anchor = site.Root.Write("anchors.log", $"INFO {ledger.LastCheckpoint.Line}\n");
        string last = site.Root.Write("last.checkpoint", site.Run("seal", "status", "--dir", ledger.Folder.Path, "--checkpoint").Expect());
        string[] verify = ["verify", "--dir", ledger.Folder.Path, "--key", ledger.Root.ToString()];

        site.Run([.. verify, "--anchor", anchor, "--since", last, "--threads", "1"]).Expect();
        StringAssert.Contains(site.Run([.. verify, "--fresh-within", "2 hours"]).Expect(2), "[stale]", StringComparison.Ordinal);
        File.WriteAllText(anchor, "nothing");
        StringAssert.Contains(site.Run([.. verify, "--anchor", anchor]).Expect(1), "[anchor]", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AProofIsCheckedWithoutTheLog()
    {
        using var site = new ToolSite(Sealed);
        using LedgerBuilder ledger = OfOneRecord();
        string[] source = ["--dir", ledger.Folder.Path, "--key", ledger.Root.ToString()];
        string proof = site.Root.Write("anna.tlog-proof", site.Run(["prove", "login.log", "0", .. source]).Expect());
        site.Run(["prove", "--seq", "3", "--output", "again", .. source]).Expect();
        Assert.AreEqual(File.ReadAllText(proof), site.Root.Read("again"));

        string output = site.Run("verify", "--proof", proof, "--key", ledger.Root.ToString()).Expect();

        StringAssert.Contains(output, "intact: login.log at byte 0, leaf 3 of 2023-11-14T22:13:20.000003Z:\n[ Nov 22 2026", StringComparison.Ordinal);
        using var other = new LedgerBuilder();
        StringAssert.StartsWith(site.Run("verify", "--proof", proof, "--key", other.Root.ToString()).Expect(1), $"tampered: {proof}: ", StringComparison.Ordinal);
        site.Run(["prove", "login.log", "999", .. source]).ExpectError($"{ledger.Folder.Path}: no attested record covers byte 999 of login.log.");
    }

    [TestMethod]
    public void SearchAndShowReturnOnlyVerifiedRecordsIfAsked()
    {
        using var site = new ToolSite(Sealed);
        site.Run("seal", "init").Expect();
        site.Run("write", "login", "User=anna");
        site.Log("login.log", Record);

        Assert.AreEqual("2\n", site.Run("search", "--count").Expect());
        ToolRun verified = site.Run("search", "--verified", "-o", "json");

        Assert.AreEqual(0, verified.ExitCode, verified.Errors);
        Assert.HasCount(1, verified.Lines);
        Assert.AreEqual($"ezaudit: {site.Root["var/log/audit/login.log"]}: 1 record left out: the ledger does not vouch for it\n", verified.Errors);
        StringAssert.EndsWith(site.Run("show", "User=anna", "--verified").Output, "1 record, times in UTC\n", StringComparison.Ordinal);
        site.Run("search", "--key", "shop.vkey").ExpectError("--key: applies only together with --verified");
    }

    [TestMethod]
    public void TheStatusNamesTheNewestCheckpointAndTheKey()
    {
        using var site = new ToolSite(Sealed);
        using LedgerBuilder ledger = OfOneRecord();

        string output = site.Run("seal", "status", "--dir", ledger.Folder.Path).Expect();

        StringAssert.Contains(output, "Origin: example.com/shop\nLeaves: 5, of which no checkpoint covers 0 yet\nLog files: 1\nEpoch: 0, since 2023-11-14T22:13:20.0000000Z (", StringComparison.Ordinal);
        StringAssert.Contains(output, $"Fingerprint: {ledger.Root.Fingerprint}\n", StringComparison.Ordinal);
        StringAssert.Contains(output, ledger.LastNote.TrimEnd('\n'), StringComparison.Ordinal);
        site.Run("seal", "status").ExpectError($"{site.Root["var/log/audit"]}: there is no ledger in this directory");
    }

    private static LedgerBuilder OfOneRecord()
    {
        var ledger = new LedgerBuilder();
        ledger.Write(ledger.File("login.log"), Record);
        return ledger.End();
    }
}
