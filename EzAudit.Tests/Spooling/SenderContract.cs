using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Spooling;

/// <summary>What a sender must do with a receiver that is away, restarts, answers too late, or refuses a record. A plugin's tests inherit it and supply the receiver.</summary>
public abstract class SenderContract
{
    /// <summary>The field that tells the records of a test apart.</summary>
    protected const string IdField = "Id";

    private const string Target = "remote";

    /// <summary>The plugin that brings the type of target.</summary>
    protected abstract IAuditPlugin Plugin { get; }

    /// <summary>The lines of the target's section, with <c>Type</c> and where the receiver is.</summary>
    protected abstract string Section { get; }

    /// <summary>Whether the receiver recognizes records that it has, so that none is there twice.</summary>
    protected virtual bool StoresOnce => false;

    /// <summary>Starts the receiver, also after <see cref="StopReceiver"/>, at the same address.</summary>
    protected abstract void StartReceiver();

    /// <summary>Ends the receiver; a sender can no longer reach it.</summary>
    protected abstract void StopReceiver();

    /// <summary>What the receiver has taken so far, in this order, with repeats: the id of each record, and its value of <see cref="IdField"/>.</summary>
    internal abstract IReadOnlyList<(AuditRecordId Id, string Value)> Received();

    /// <summary>Makes the receiver refuse the records with a value for good, or none (<see langword="null"/>).</summary>
    protected abstract void Refuse(string? value);

    /// <summary>Makes the receiver take the next request but break the connection instead of acknowledging it.</summary>
    protected abstract void LoseNextAcknowledgement();

    [TestMethod]
    public void RecordsArriveInOrderWithIdsWithoutGaps()
    {
        StartReceiver();
        using var root = new TempFolder();
        using (AuditWriter writer = Open(root)) Write(writer, 0, 500);

        AssertArrived(500, repeats: false);
    }

    [TestMethod]
    public void WhatIsWrittenWhileTheReceiverIsAwayArrivesInOrderWhenItComes()
    {
        StartReceiver();
        StopReceiver();
        using var root = new TempFolder();
        using AuditWriter writer = Open(root);
        Write(writer, 0, 100);
        Until.True(() => Health(writer).State == AuditHealthState.Degraded, "the outage is noticed");
        Assert.IsGreaterThan(0, Health(writer).QueuedBytes);

        StartReceiver();

        Until.True(() => Health(writer) is { State: AuditHealthState.Healthy, QueuedBytes: 0 }, "no record is waiting", () => Health(writer).ToString());
        AssertArrived(100, repeats: false);
    }

    [TestMethod]
    public void TheNextProcessSendsWhatAClosedOneLeft()
    {
        StartReceiver();
        StopReceiver();
        using var root = new TempFolder();
        using (AuditWriter first = Open(root)) Write(first, 0, 10);
        StartReceiver();
        using (AuditWriter second = Open(root))
        {
            Write(second, 10, 10);
            Until.True(() => Received().Count >= 20, "all have arrived", () => $"{Received().Count} have");
        }
        CollectionAssert.AreEqual(Numbers(0, 20), Received().Select(item => item.Value).ToArray());
        Assert.HasCount(2, Received().Select(item => item.Id.Run).Distinct());
        Assert.IsEmpty(Directory.GetDirectories(root[$"var/spool/audit/{Target}"]));
    }

    [TestMethod]
    public void ALostAcknowledgementRepeatsRecordsUnderTheSameIds()
    {
        StartReceiver();
        LoseNextAcknowledgement();
        using var root = new TempFolder();
        using AuditWriter writer = Open(root);
        Write(writer, 0, 50);
        Until.True(() => Health(writer).QueuedBytes == 0, "no record is waiting");

        if (!StoresOnce) Assert.IsGreaterThan(50, Received().Count);
        AssertArrived(50, repeats: !StoresOnce);
    }

    [TestMethod]
    public void ARefusedRecordHoldsUpNoOtherAndIsSentAfterARecovery()
    {
        StartReceiver();
        Refuse("7");
        using var root = new TempFolder();
        using (AuditWriter writer = Open(root))
        {
            Write(writer, 0, 20);
            Until.True(() => Health(writer) is { QueuedBytes: 0, DeadLetters: 1 }, "the others have arrived", () => Health(writer).ToString());
            Assert.AreEqual(1, Health(writer).Lost);
            Assert.AreEqual(AuditHealthState.Healthy, Health(writer).State);
            Write(writer, 20, 1);
            Assert.AreEqual(0, Health(writer).Lost);
        }
        string[] others = [.. Numbers(0, 21).Where(number => number != "7")];
        CollectionAssert.AreEqual(others, Received().Select(item => item.Value).Where(value => value.Length > 0).Distinct().ToArray());
        Assert.Contains("refuses the record", File.ReadAllText(root["var/log/audit/login.log"]));

        Refuse(null);
        using (AuditRecovery recovery = AuditRecovery.Open(root.Path, plugins: [Plugin]))
        {
            AuditDeadLetterFile file = recovery.FindDeadLetters().Single();
            Assert.AreEqual((Target, 1L), (file.Target, file.Records));
            Assert.AreEqual(1, recovery.Requeue(file, "tester"));
            Until.True(() => Received().Any(item => item.Value == "7"), "the record is sent");
        }
        Assert.AreEqual(8, Received().Single(item => item.Value == "7").Id.Number);
        Assert.IsFalse(File.Exists(root[$"var/spool/audit/{Target}/DEADLETTER"]));
    }

    [TestMethod]
    public async Task WhatWasAcknowledgedToTheCallerSurvivesKills()
    {
        using var root = new TempFolder();
        StartReceiver();
        WriteSettings(root);
        var acknowledged = new List<string>();
        for (int round = 0; round < 3; round++)
        {
            using var flood = new Flood(root.Path, $"p{round}", threads: 2, size: 200);
            flood.WaitUntilReady();
            await flood.Run(500, flood.Kill);
            Assert.IsEmpty(flood.Failures);
            acknowledged.AddRange(flood.Acknowledged);
        }
        using AuditWriter next = new AuditWriterBuilder(root.Path).Build();
        Until.True(() => acknowledged.Except(Received().Select(item => item.Value)).Any() is false, "all acknowledged records have arrived");
        Until.True(() => Health(next).QueuedBytes == 0, "no record is waiting");

        (AuditRecordId Id, string Value)[] distinct = [.. Received().DistinctBy(item => item.Id)];
        CollectionAssert.AllItemsAreUnique(distinct.Select(item => item.Value).ToArray());
        foreach (var run in distinct.GroupBy(item => item.Id.Run))
            CollectionAssert.AreEqual(Enumerable.Range(1, run.Count()).Select(number => (long)number).ToArray(), run.Select(item => item.Id.Number).ToArray());
        if (StoresOnce) Assert.HasCount(distinct.Length, Received());
        Console.WriteLine($"3 kills: {acknowledged.Count} acknowledged, {distinct.Length} arrived, {Received().Count - distinct.Length} of them twice");
    }

    /// <summary>Sees that a number of records arrived in order, each at least once.</summary>
    private void AssertArrived(int count, bool repeats)
    {
        IReadOnlyList<(AuditRecordId Id, string Value)> received = Received();
        (AuditRecordId Id, string Value)[] distinct = [.. received.DistinctBy(item => item.Id)];
        CollectionAssert.AreEqual(Numbers(0, count), distinct.Select(item => item.Value).ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(1, count).Select(number => (long)number).ToArray(), distinct.Select(item => item.Id.Number).ToArray());
        Assert.AreEqual("test/contract", distinct.Select(item => item.Id.Origin).Distinct().Single());
        if (!repeats) Assert.HasCount(count, received);
    }

    private static void Write(AuditWriter writer, int start, int count)
    {
        for (int i = start; i < start + count; i++) Assert.IsTrue(writer.WriteAudit("user-login", (IdField, i)));
    }

    private static string[] Numbers(int start, int count) => [.. Enumerable.Range(start, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static AuditTargetHealth Health(AuditWriter writer) => writer.Health.Targets.Single(target => target.Target == Target);

    private AuditWriter Open(TempFolder root)
    {
        WriteSettings(root);
        return new AuditWriterBuilder(root.Path).AddPlugin(Plugin).Build();
    }

    private void WriteSettings(TempFolder root) => root.Write("settings/audit.ini", $"""
        [AuditSettings]
        Audit=enabled
        AuditFileNames[user-login]=login.log
        [FunctionDefaults]
        Durability=os
        Targets[]=file
        Targets[]={Target}
        [PluginSettings]
        Plugins[]={Plugin.GetType().Assembly.GetName().Name}
        [Target-{Target}]
        Origin=test/contract
        BatchAge=20ms
        RetryMost=200ms
        {Section}

        """);
}
