using System.Reflection;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;
using EzAudit.Settings.Sources;
using EzAudit.Tests.Support;
using EzAudit.Writing.Building;

namespace EzAudit.Tests.Samples;

/// <summary>The sample of a signer in a process of its own, with the process and its plugin.</summary>
[TestClass]
public sealed class SealSignerTests : IDisposable
{
    private const string Origin = "example.com/log";
    private const string Settings = "[AuditSettings]\n[SealSettings]\nKeyDir=keys\nSigner=separate\n[Signer-separate]\nType=socket\n";
    private static readonly string Binary = Repository.PathOf("samples", "SealSigner", "bin", Repository.Configuration, "net10.0", "SealSigner.dll");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void ItsProcessSignsUntilItIsKilledAndAgainWhenItIsRestarted()
    {
        using SealSigner signer = Signer();
        EpochKey root;
        using (ChildProcess process = Start())
        {
            root = signer.CreateRoot(Origin);
            Assert.IsTrue(signer.Sign(Checkpoint(1), root).IsSignedBy(root.Key));
            process.Kill();
            process.Finish();
        }

        SealKeyException failure = Assert.ThrowsExactly<SealKeyException>(() => signer.Sign(Checkpoint(2), root));
        Assert.AreEqual($"[Signer-separate]: the signer failed: {_folder["signer.sock"]}: no signer answers there (Connection refused); start it.", failure.Message);
        using (SealSigner another = Signer()) Assert.AreEqual((KeyState.Unreadable, failure.Message), (another.Find(root).State, another.Find(root).Problem));

        using ChildProcess restarted = Start();
        Assert.AreEqual(KeyState.Ready, signer.Find(root).State);
        Assert.IsTrue(signer.Sign(Checkpoint(2), root).IsSignedBy(root.Key));
    }

    [TestMethod]
    public void AWriterSealsItsLogWithIt()
    {
        _folder.Write("settings/audit.ini", $"{Settings}Socket=signer.sock\n[AuditSettings]\nAudit=enabled\nAuditFileNames[login]=login.log\n[SealSettings]\nSeal=enabled\nOrigin={Origin}\n");
        AuditSealKey key;
        SignedCheckpoint before;
        using (ChildProcess process = Start())
        {
            key = AuditLedger.CreateKey(_folder.Path, new AuditSealKeyOptions { Plugins = [NewPlugin()] });
            Write();
            before = Newest();
            process.Kill();
            process.Finish();
        }

        // Without the signer records are stored, and signed later.
        Write();
        Assert.AreEqual(before.Note, Newest().Note);
        using ChildProcess restarted = Start();
        Write();

        Assert.IsTrue(VerificationKey.TryParse(key.VerificationKey, out VerificationKey? trusted));
        Assert.IsNull(key.Path);
        Assert.IsTrue(before.IsSignedBy(trusted) && Newest().IsSignedBy(trusted));
        Assert.IsGreaterThan(before.Checkpoint.Size, Newest().Checkpoint.Size);
    }

    [TestMethod]
    public void ItsKeyStaysInItsProcess()
    {
        using SealSigner signer = Signer();
        using ChildProcess process = Start();
        signer.CreateRoot(Origin);

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["key.pem"]));
        Assert.IsFalse(Directory.Exists(_folder["keys"]));
    }

    [TestMethod]
    public async Task ItSignsNothingButCheckpoints()
    {
        using ChildProcess process = Start();
        using IAuditSealSigner signer = Plugin(Root()).create();

        foreach (byte[] text in new byte[][] { [], "Pay 1000\n"u8.ToArray(), "a\n1\nAAAA\n"u8.ToArray() })
        {
            IOException failure = await Assert.ThrowsExactlyAsync<IOException>(async () => await signer.SignAsync(text, default));
            Assert.AreEqual($"{_folder["signer.sock"]}: the signer refused: only checkpoints are signed", failure.Message);
        }
    }

    [TestMethod]
    public void ASectionWithoutASocketIsReportedWithItsPlace()
    {
        _folder.Write("settings/audit.ini", Settings);

        AuditSettingsException failure = Assert.ThrowsExactly<AuditSettingsException>(
            () => AuditLedger.CreateKey(_folder.Path, new AuditSealKeyOptions { Plugins = [NewPlugin()] }));

        StringAssert.Contains(failure.Message, "settings/audit.ini:5: found Socket=, expected the path of the signer's socket, such as /run/ezaudit/signer.sock", StringComparison.Ordinal);
    }

    private static Checkpoint Checkpoint(long size) => new(Origin, size, TreeHash.OfLeaf("leaf"u8));

    private static IAuditPlugin NewPlugin() => (IAuditPlugin)Activator.CreateInstance(Assembly.LoadFrom(Binary).GetType("SealSigner.SocketSignerPlugin", throwOnError: true)!)!;

    private ChildProcess Start()
    {
        ChildProcess process = ChildProcess.StartProgram("dotnet", Binary, _folder["signer.sock"], _folder["key.pem"]);
        Assert.AreEqual($"signing at {_folder["signer.sock"]}", process.ReadLine());
        return process;
    }

    private string Root()
    {
        _folder.Write("settings/audit.ini", $"{Settings}Socket=signer.sock\n");
        return _folder.Path;
    }

    private void Write()
    {
        using AuditWriter writer = new AuditWriterBuilder(_folder.Path).AddPlugin(NewPlugin()).Build();
        Assert.IsTrue(writer.WriteAudit("login", ("User", "admin")));
    }

    private SignedCheckpoint Newest()
    {
        Assert.IsTrue(SignedCheckpoint.TryParse(_folder.Read("var/log/audit/ledger/checkpoint"), out SignedCheckpoint? newest, out string? problem), problem);
        return newest;
    }

    private SealSigner Signer() => Plugin(Root()).factory.SealSigner("seal")!;

    private static (ComponentFactory factory, Func<IAuditSealSigner> create) Plugin(string root)
    {
        var registry = new AuditRegistry();
        ComposedSettings composed = new SettingsComposer(new SettingsSource(root, null), [NewPlugin()], registry).Compose();
        Assert.IsNotNull(composed.Settings, string.Join('\n', composed.Problems.All));
        var factory = new ComponentFactory(registry, composed.Settings, composed.Problems);
        return (factory, () => factory.Create(registry.SealSigners["socket"], "separate", composed.Settings.Signers["separate"])!);
    }
}
