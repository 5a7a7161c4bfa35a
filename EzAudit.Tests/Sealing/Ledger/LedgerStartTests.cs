using EzAudit.Sealing.Ledger;

namespace EzAudit.Tests.Sealing.Ledger;

/// <summary>A writer reads a long ledger from its last hint on.</summary>
[TestClass]
public sealed class LedgerStartTests
{
    [TestMethod]
    public void TheNextWriterStartsFromTheLastHint()
    {
        using var site = new SealedSite("LeafBytes=0\n[FunctionDefaults]\nDurability=os\n[RotationSettings]\nMaxFileSize=64KiB\n");
        for (int i = 0; i < 3; i++) site.Write(3000);
        Assert.IsTrue(site.Lines().Any(line => line.StartsWith("h ", StringComparison.Ordinal)));
        // Damage before the hint is for verifiers; a writer must not read that far.
        string path = site.PathOf("ledger/000001.ezl");
        byte[] whole = File.ReadAllBytes(path);
        byte[] damaged = [.. whole];
        Array.Fill(damaged, (byte)'?', 2000, 100);
        File.WriteAllBytes(path, damaged);
        site.Write(10);
        byte[] after = File.ReadAllBytes(path);
        whole.CopyTo(after.AsSpan());
        File.WriteAllBytes(path, after);

        Assert.AreEqual(9010, site.Expect().Records);
    }

    [TestMethod]
    public void AHintRestoresTheState()
    {
        using var site = new SealedSite("LeafBytes=0\n[RotationSettings]\nMaxFileSize=2KiB\nKeepFiles=2\n");
        site.Write(100);
        var folder = new LedgerFolder(new LedgerState(), Assert.Fail);
        byte[] bytes = File.ReadAllBytes(site.PathOf("ledger/000001.ezl"));
        folder.Fold(bytes, 0);
        var lines = new LineBuffer();
        folder.State.WriteHint(lines);

        string[] hint = System.Text.Encoding.UTF8.GetString(lines.Bytes).Split('\n')[..^1];
        LedgerState? restored = LedgerState.TryRestore(System.Text.Encoding.UTF8.GetBytes(hint[0] + "\n"));
        Assert.IsNotNull(restored);
        foreach (string log in hint[1..]) Assert.IsTrue(restored.TryRestoreLog(System.Text.Encoding.UTF8.GetBytes(log + "\n")));
        var again = new LineBuffer();
        restored.WriteHint(again);

        Assert.AreEqual(string.Join('\n', hint) + "\n", System.Text.Encoding.UTF8.GetString(again.Bytes));
        Assert.AreEqual(folder.State.Tree.Root, restored.Tree.Root);
    }
}
