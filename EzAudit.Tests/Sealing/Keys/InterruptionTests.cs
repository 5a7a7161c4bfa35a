using EzAudit.Sealing.Keys;
using EzAudit.Storage;
using EzAudit.Tests.Faults.Memory;
using EzAudit.Tests.Storage;

namespace EzAudit.Tests.Sealing.Keys;

/// <summary>Kills, power cuts and failed calls at every step of a key's life: the ledger's current key is never lost, and no old one survives.</summary>
[TestClass]
public sealed class InterruptionTests
{
    private static readonly string[] FilesAtRest = ["seal.key", "seal.vkey"];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AKillBeforeAnyStepIsRecoveredFrom(bool reservesNames)
    {
        int kills = 0;
        for (bool hasEnded = false; !hasEnded; kills++)
        {
            var disk = new MemoryDisk();
            EpochKey? ledger = Live(Stopping(disk, kills + 1, reservesNames, out StoppingDirectory directory), epochs: 2);
            hasEnded = !directory.HasStopped;
            Recover(disk, ledger, $"killed before step {kills + 1}");
        }
        Assert.IsGreaterThan(30, kills);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ASecondKillDuringTheRecoveryIsRecoveredFrom(bool reservesNames)
    {
        int pairs = 0;
        bool hasEnded = false;
        for (int first = 1; !hasEnded; first++)
        {
            bool hasRecovered = false;
            for (int second = 1; !hasRecovered; second++, pairs++)
            {
                var disk = new MemoryDisk();
                EpochKey? ledger = Live(Stopping(disk, first, reservesNames, out StoppingDirectory directory), epochs: 1);
                hasEnded = !directory.HasStopped;
                var life = new KeyLife(Stopping(disk, second, reservesNames, out StoppingDirectory again)) { Ledger = ledger };
                Try(() => life.Recover($"killed before step {first}"));
                hasRecovered = !again.HasStopped;
                Recover(disk, life.Ledger, $"killed before step {first}, and before step {second} of the recovery");
            }
        }
        Assert.IsGreaterThan(300, pairs);
    }

    [TestMethod]
    public void APowerCutAtAnyCallIsRecoveredFrom()
    {
        const int Trials = 8;
        int cuts = 0;
        for (bool hasEnded = false; !hasEnded; cuts++)
        {
            for (int seed = 0; seed < Trials; seed++)
            {
                var disk = new MemoryDisk { Fault = MemoryFault.Cut, BreaksAt = cuts + 1 };
                EpochKey? ledger = Live(new MemoryDirectory(disk), epochs: 2);
                hasEnded = !disk.IsCut;
                Recover(disk.Restart(new Random(seed)), ledger, $"power cut at call {cuts + 1}, seed {seed}");
            }
        }
        Assert.IsGreaterThan(80, cuts);
    }

    [TestMethod]
    [DataRow(MemoryFault.Error)]
    [DataRow(MemoryFault.HalfWrite)]
    public void AFailedCallLeavesTheLedgersKeyValid(MemoryFault fault)
    {
        int calls = 0;
        for (bool hasEnded = false; !hasEnded; calls++)
        {
            var disk = new MemoryDisk { Fault = fault, BreaksAt = calls + 1 };
            EpochKey? ledger = Live(new DestroyingDirectory(new MemoryDirectory(disk)), epochs: 2);
            hasEnded = disk.Calls <= calls;
            if (hasEnded) break;
            // Right away, and then after what was left has been finished or undone.
            if (ledger is not null) new KeyLife(new MemoryDirectory(disk)) { Ledger = ledger }.Sign();
            Recover(disk, ledger, $"{fault} at call {calls + 1}");
        }
        Assert.IsGreaterThan(80, calls);
    }

    [TestMethod]
    public void AKillWhileARootReplacesAKeyLeavesOneOfThem()
    {
        bool hasEnded = false;
        for (int step = 1; !hasEnded; step++)
        {
            var disk = new MemoryDisk();
            var before = new KeyLife(new MemoryDirectory(disk));
            before.Begin();
            before.NextEpoch();
            SealKeyStore store = new(Stopping(disk, step, reservesNames: false, out StoppingDirectory directory), KeyLife.Stem);
            Try(() => store.CreateRoot(KeyLife.Origin));
            hasEnded = !directory.HasStopped;
            // The file with the verification key is only a convenience.
            if (disk.Find("seal.vkey.next") is not null) disk.Remove("seal.vkey.next");
            if (disk.Find("seal.vkey") is null) disk.Make("seal.vkey");

            KeyFinding found = new SealKeyStore(new MemoryDirectory(disk), KeyLife.Stem).Find(before.Ledger);

            Assert.AreEqual(found.State == KeyState.Root ? 0 : 1, found.Found!.Epoch);
            Assert.IsTrue(found.State is KeyState.Root or KeyState.Ready, $"killed before step {step}: {found}");
            Assert.IsTrue(!hasEnded || found.State == KeyState.Root);
            Recover(disk, found.Found, $"killed before step {step}");
        }
    }

    [TestMethod]
    public void ALedgerThatIsRolledBackBehindAnExchangeIsNoticed()
    {
        int noticed = 0;
        bool hasEnded = false;
        for (int step = 1; !hasEnded; step++)
        {
            var disk = new MemoryDisk();
            var before = new KeyLife(new MemoryDirectory(disk));
            before.Begin();
            var life = new KeyLife(Stopping(disk, step, reservesNames: false, out StoppingDirectory directory)) { Ledger = before.Ledger };
            Try(life.NextEpoch);
            hasEnded = !directory.HasStopped;

            KeyState state = new SealKeyStore(new MemoryDirectory(disk), KeyLife.Stem).Find(before.Ledger).State;

            // Before the exchange, nothing has been destroyed that the old ledger would need.
            Assert.IsTrue(state is KeyState.Ready or KeyState.Newer, $"killed before step {step}: {state}");
            Assert.IsTrue(state == KeyState.Newer || noticed == 0, $"killed before step {step}: {state}, although the exchange began");
            if (state == KeyState.Newer) noticed++;
        }
        Assert.IsGreaterThan(5, noticed);
    }

    // Runs until the interruption; returns the current key of the ledger at that time.
    private static EpochKey? Live(ILogDirectory directory, int epochs)
    {
        var life = new KeyLife(directory);
        Try(() =>
        {
            life.Begin();
            for (int epoch = 1; epoch <= epochs; epoch++) life.NextEpoch();
        });
        return life.Ledger;
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is OperationCanceledException or StorageException or SealKeyException)
        {
            // The interruption.
        }
    }

    private static ForwardingDirectory Stopping(MemoryDisk disk, int stopAt, bool reservesNames, out StoppingDirectory directory)
    {
        directory = new StoppingDirectory(new DestroyingDirectory(new MemoryDirectory(disk)), stopAt);
        return reservesNames ? new ReservingDirectory(directory) : directory;
    }

    private static void Recover(MemoryDisk disk, EpochKey? ledger, string trial)
    {
        new KeyLife(new DestroyingDirectory(new MemoryDirectory(disk))) { Ledger = ledger }.Recover(trial);
        CollectionAssert.AreEquivalent(FilesAtRest, disk.Names.ToArray(), trial);
    }
}
