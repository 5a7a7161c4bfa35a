using EzAudit.Extensibility;
using EzAudit.Nats;
using EzAudit.Nats.Settings;
using EzAudit.Tests.Support;
using NATS.Client.Core;

namespace EzAudit.Tests.Nats;

/// <summary>Readers of the stream get each message until one of them has acknowledged it.</summary>
[TestClass]
public sealed class StreamReaderTests
{
    private static readonly AuditBatchLimits Limits = new(100, 1 << 20, TimeSpan.FromMilliseconds(50));

    [TestMethod]
    public async Task WhatIsAcknowledgedDoesNotComeAgainAndTheRestDoesAsync()
    {
        using var server = new NatsServer();
        await StreamRecords.SendAsync(server.Options, StreamRecords.Of("run", 1, 250));
        await using (var first = new AuditStreamReader(server.Options, "collect"))
        {
            Assert.AreEqual(250, await first.CountPendingAsync());
            AuditStreamBatch batch = await first.ReadAsync(Limits);
            Assert.HasCount(100, batch.Records);
            await batch.AcknowledgeAsync();
            Assert.AreEqual(150, await first.CountPendingAsync());
            AuditStreamBatch other = await first.ReadAsync(Limits);
            await other.ReturnAsync();
        }
        await using var second = new AuditStreamReader(server.Options, "collect");

        List<long> numbers = await DrainAsync(second, 150);

        CollectionAssert.AreEquivalent(Enumerable.Range(101, 150).Select(number => (long)number).ToArray(), numbers);
    }

    [TestMethod]
    public async Task TwoReadersShareTheMessagesAsync()
    {
        using var server = new NatsServer();
        await using var first = new AuditStreamReader(server.Options, "collect");
        await using var second = new AuditStreamReader(server.Options, "collect");
        Task<AuditStreamBatch> waiting = first.ReadAsync(Limits).AsTask();
        Task<AuditStreamBatch> alsoWaiting = second.ReadAsync(Limits).AsTask();
        await StreamRecords.SendAsync(server.Options, StreamRecords.Of("run", 1, 400));
        AuditStreamBatch[] batches = await Task.WhenAll(waiting, alsoWaiting);
        foreach (AuditStreamBatch batch in batches) await batch.AcknowledgeAsync();

        List<long>[] rest = await Task.WhenAll(DrainAsync(first, 100), DrainAsync(second, 100));

        long[] all = [.. batches.SelectMany(batch => batch.Records).Select(record => record.Id.Number), .. rest.SelectMany(list => list)];
        CollectionAssert.AreEquivalent(Enumerable.Range(1, 400).Select(number => (long)number).ToArray(), all);
        Assert.AreEqual(0, await first.CountPendingAsync());
    }

    [TestMethod]
    public async Task ARecordLargerThanABatchIsReadAloneAsync()
    {
        using var server = new NatsServer();
        await StreamRecords.SendAsync(server.Options, [.. StreamRecords.Of("run", 1, 1), .. StreamRecords.Of("run", 2, 1, 100_000), .. StreamRecords.Of("run", 3, 2)]);
        await using var reader = new AuditStreamReader(server.Options, "collect");
        var numbers = new List<long>();

        while (numbers.Count < 4)
        {
            AuditStreamBatch batch = await reader.ReadAsync(Limits with { Bytes = 2000 });
            numbers.AddRange(batch.Records.Select(record => record.Id.Number));
            await batch.AcknowledgeAsync();
        }

        CollectionAssert.AreEqual(new long[] { 1, 2, 3, 4 }, numbers);
    }

    [TestMethod]
    public async Task WhatIsNoRecordOfEzAuditIsAProblemAsync()
    {
        using var server = new NatsServer();
        server.Use(async context =>
        {
            await context.PublishAsync("audit.someone.else", "hello");
            await context.PublishAsync("audit.newer", "{}", headers: new NatsHeaders { ["EzAudit-Version"] = "2" });
            return true;
        });
        await StreamRecords.SendAsync(server.Options, StreamRecords.Of("run", 1, 1));

        using StreamContent content = new StreamContent(server.Options).Read();

        Assert.HasCount(1, content.Records);
        Assert.AreEqual(
            "1 audit.someone.else: The message has no header EzAudit-Version: EzAudit did not write it. | 2 audit.newer: The message has version 2, expected 1: a newer EzAudit wrote it. Update this one.",
            string.Join(" | ", content.Problems.Select(problem => $"{problem.Sequence} {problem.Subject}: {problem.Reason}")));
        CollectionAssert.AreEqual("hello"u8.ToArray(), content.Problems[0].Data.ToArray());
    }

    [TestMethod]
    public void CheckpointsOfALedgerArrive()
    {
        using var server = new NatsServer();
        using var root = new TempFolder();
        root.Write("settings/audit.ini", $"""
            [AuditSettings]
            Audit=enabled
            AuditFileNames[user-login]=login.log
            [PluginSettings]
            Plugins[]=EzAudit.Nats
            [SealSettings]
            Seal=enabled
            Origin=example.com/shop
            KeyDir=keys
            Anchors[]=stream
            AnchorInterval=1s
            [Anchor-stream]
            Type=nats
            Url={server.Node.Url}
            Replicas=1
            Origin=web1/shop

            """);
        AuditLedger.CreateKey(root.Path, new AuditSealKeyOptions());
        using (AuditWriter writer = new AuditWriterBuilder(root.Path).Build()) writer.WriteAudit("user-login", ("Id", 1));
        using var content = new StreamContent(server.Options);

        Until.True(() => content.Read().Checkpoints.Count > 0, "the checkpoint has arrived");

        AuditStreamCheckpoint checkpoint = content.Checkpoints[0];
        Assert.StartsWith("ezaudit-checkpoint example.com/shop ", checkpoint.Line);
        Assert.AreEqual("web1/shop", checkpoint.Id.Origin);
    }

    [TestMethod]
    public async Task AReaderGoesOnWhenTheServerIsBackAsync()
    {
        using var server = new NatsServer();
        await StreamRecords.SendAsync(server.Options, StreamRecords.Of("run", 1, 10));
        await using var reader = new AuditStreamReader(server.Options, "collect");
        await (await reader.ReadAsync(Limits)).AcknowledgeAsync();
        Task<AuditStreamBatch> waiting = reader.ReadAsync(Limits).AsTask();
        server.Node.Kill();

        AuditStreamException failure = await Assert.ThrowsExactlyAsync<AuditStreamException>(() => waiting);
        Assert.AreEqual($"{server.Node.Url} stream EZAUDIT: the connection was lost. It is retried.", failure.Message);
        failure = await Assert.ThrowsExactlyAsync<AuditStreamException>(async () => await reader.ReadAsync(Limits));
        Assert.AreEqual($"{server.Node.Url}: the server cannot be reached. Start it, or correct Url.", failure.Message);

        server.Node.Start();
        await StreamRecords.SendAsync(server.Options, StreamRecords.Of("run", 11, 5));
        Assert.AreEqual(11, (await reader.ReadAsync(Limits)).Records[0].Id.Number);
    }

    private static async Task<List<long>> DrainAsync(AuditStreamReader reader, int count)
    {
        var numbers = new List<long>();
        while (numbers.Count < count)
        {
            AuditStreamBatch batch = await reader.ReadAsync(Limits);
            numbers.AddRange(batch.Records.Select(record => record.Id.Number));
            await batch.AcknowledgeAsync();
        }
        return numbers;
    }
}
