using EzAudit.Collector;
using EzAudit.Extensibility;
using EzAudit.Nats.Sending;
using EzAudit.PostgreSql;
using EzAudit.Records;
using EzAudit.Tests.Nats;
using EzAudit.Tests.PostgreSql;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Collector;

/// <summary>What is in the stream comes into the store once; what cannot be stored is put aside, and holds up nothing.</summary>
[TestClass]
[DoNotParallelize]
public sealed class AuditCollectorTests : IDisposable
{
    private const string Numbers = "SELECT number FROM ezaudit.audit_record ORDER BY number";

    private readonly NatsServer _stream = new();
    private readonly StoreDatabase _store = new();
    private readonly TempFolder _folder = new();

    private string Letters => _folder["letters"];

    public void Dispose()
    {
        _stream.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task EveryRecordArrivesAsItWasWrittenAsync()
    {
        string[] texts = [.. HostileTexts.All.Where(text => text.Length < 1000)];
        AuditEnvelope[] records = [.. texts.Select(Hostile)];
        await StreamRecords.SendAsync(_stream.Options, records);
        await using (var collector = Start()) collector.WaitUntilDone();

        using var reader = new AuditStoreReader(_store.Reader);
        Dictionary<DateTimeOffset, AuditRecord> found = reader.Search(AuditQuery.All).ToDictionary(record => record.Record.Time, record => record.Record);
        Assert.HasCount(records.Length, found);
        foreach (AuditEnvelope record in records) Assert.AreEqual(record.Record, found[record.Record.Time]);
        CollectionAssert.AreEqual(
            records.Select(record => record.Bytes.ToArray()).SelectMany(bytes => bytes).ToArray(),
            _store.Query<byte[]>("SELECT bytes FROM ezaudit.audit_record ORDER BY number").SelectMany(bytes => bytes).ToArray());
        Assert.AreEqual("7|4096", _store.Scalar<string>("SELECT DISTINCT concat_ws('|', ledger_file, ledger_offset) FROM ezaudit.audit_record WHERE ledger = 'shop.example'"));
    }

    [TestMethod]
    public async Task SeveralCollectorsStoreEachRecordOnceAsync()
    {
        await StreamRecords.SendAsync(_stream.Options, StoreRecords.Of("shared", 1, 3000));
        var small = new AuditBatchLimits(100, 1 << 20, TimeSpan.FromMilliseconds(20));
        await using var first = new RunningCollector(_stream.Options, _store.Writer, Letters, small);
        await using var second = new RunningCollector(_stream.Options, _store.Writer, Letters, small);

        first.WaitUntilDone();

        CollectionAssert.AreEqual(Enumerable.Range(1, 3000).Select(number => (long)number).ToArray(), _store.Query<long>(Numbers));
        Assert.AreEqual(3000, first.Status.Messages + second.Status.Messages);
    }

    [TestMethod]
    [Fault(87)]
    public async Task WhatTheStoreRefusesIsPutAsideUntilItIsPutBackAsync()
    {
        _store.Execute("ALTER TABLE ezaudit.audit_record ADD CONSTRAINT never CHECK (number NOT IN (7, 42))");
        await StreamRecords.SendAsync(_stream.Options, StoreRecords.Of("refused", 1, 100));
        await using var collector = Start();
        collector.WaitUntilDone();

        Assert.AreEqual(98, _store.Query<long>(Numbers).Count);
        Assert.AreEqual(2, collector.Status.DeadLetters);
        Assert.AreEqual(2, (await collector.CheckAsync()).LettersWaiting);
        string letter = File.ReadLines(Directory.GetFiles(Letters).Single()).First();
        StringAssert.Contains(letter, "\"name\":\"web1/shop/refused/7\"");
        StringAssert.Contains(letter, "violates check constraint \\\"never\\\"");
        var letters = new AuditCollectorLetters(Letters);
        (long stored, string? problem) = await letters.RequeueAsync(_store.Writer);
        Assert.AreEqual(0, stored);
        StringAssert.Contains(problem, "\"never\"");
        Assert.AreEqual(2, letters.Count);

        _store.Execute("ALTER TABLE ezaudit.audit_record DROP CONSTRAINT never");
        Assert.AreEqual((2, null), await letters.RequeueAsync(_store.Writer));

        Assert.AreEqual(0, letters.Count);
        Assert.AreEqual(100, _store.Query<long>(Numbers).Count);
    }

    [TestMethod]
    [Fault(87)]
    public async Task AMessageThatNobodyCanReadHoldsUpNothingAsync()
    {
        await StreamRecords.SendAsync(_stream.Options, StoreRecords.Of("whole", 1, 10));
        _stream.Use(async context => await context.PublishAsync("audit.stranger.hello", "\0not json"u8.ToArray()));
        await StreamRecords.SendAsync(_stream.Options, StoreRecords.Of("whole", 11, 10));
        await using var collector = Start();

        collector.WaitUntilDone();

        Assert.AreEqual(20, _store.Query<long>(Numbers).Count);
        string letter = File.ReadAllText(Directory.GetFiles(Letters).Single());
        StringAssert.Contains(letter, "\"name\":\"audit.stranger.hello 11\"");
        StringAssert.Contains(letter, Convert.ToBase64String("\0not json"u8));
        var letters = new AuditCollectorLetters(Letters);
        (long stored, string? problem) = await letters.RequeueAsync(_store.Writer);
        Assert.AreEqual(0, stored);
        Assert.IsNotNull(problem);
        Assert.AreEqual(1, letters.Count);
    }

    [TestMethod]
    public async Task NothingIsAcknowledgedBeforeItsLetterIsOnDiskAsync()
    {
        // A file where the directory should be.
        string blocked = _folder.Write("blocked", "");
        _store.Execute("ALTER TABLE ezaudit.audit_record ADD CONSTRAINT never CHECK (number <> 5)");
        await StreamRecords.SendAsync(_stream.Options, StoreRecords.Of("blocked", 1, 10));
        await using var collector = new RunningCollector(_stream.Options, _store.Writer, blocked);
        collector.WaitForTrouble(blocked);
        Assert.AreEqual(10, (await collector.CheckAsync()).Pending);

        File.Delete(blocked);
        collector.WaitUntilDone();

        Assert.AreEqual(1, new AuditCollectorLetters(blocked).Count);
        Assert.AreEqual(9, _store.Query<long>(Numbers).Count);
        Assert.IsNull(collector.Status.Trouble);
    }

    [TestMethod]
    public async Task ACheckpointIsKeptOnceAsync()
    {
        const string line = "ezaudit-checkpoint shop.example 12 AAAA BBBB";
        AuditEnvelope[] checkpoints = [.. Enumerable.Range(1, 3).Select(number => Checkpoint(number, number == 3 ? "no checkpoint" : line))];
        await using (var sender = new NatsSender(_stream.Options, areCheckpoints: true)) await sender.SendAsync(new AuditBatch(checkpoints), default);
        await using var collector = Start();

        collector.WaitUntilDone();

        CollectionAssert.AreEqual(new[] { $"web1/shop {line}" }, _store.Query<string>("SELECT origin || ' ' || line FROM ezaudit.checkpoint"));
        Assert.AreEqual(1, collector.Status.DeadLetters);
    }

    [TestMethod]
    public async Task AStoppedCollectorHasAcknowledgedWhatItStoredAsync()
    {
        await StreamRecords.SendAsync(_stream.Options, StoreRecords.Of("stopped", 1, 2000));
        int stored;
        await using (var collector = new RunningCollector(_stream.Options, _store.Writer, Letters, new AuditBatchLimits(100, 1 << 20, TimeSpan.Zero)))
        {
            Until.True(() => collector.Status.Messages >= 300, "some records are stored");
            await collector.StopAsync();
            stored = _store.Query<long>(Numbers).Count;
            Assert.AreEqual(stored, collector.Status.Messages);
        }

        await using var next = Start();
        next.WaitUntilDone();
        Assert.AreEqual(2000 - stored, next.Status.Messages);
        CollectionAssert.AreEqual(Enumerable.Range(1, 2000).Select(number => (long)number).ToArray(), _store.Query<long>(Numbers));
    }

    private RunningCollector Start() => new(_stream.Options, _store.Writer, Letters);

    private static AuditEnvelope Hostile(string text, int index)
    {
        AuditField[] fields = [(text, "value"), ("name", text)];
        var record = new AuditRecord(DateTimeOffset.UnixEpoch.AddTicks(index), text, new AuditActor(text, text), fields, "content-move", text, text);
        return new AuditEnvelope(
            new AuditRecordId("web1/shop", "run", index + 1), record, new AuditFunction { Name = "content-move" }, new byte[] { 0xff, 0, (byte)index },
            new AuditLedgerPlace("shop.example", 7, 4096));
    }

    private static AuditEnvelope Checkpoint(int number, string line) => new(
        new AuditRecordId("web1/shop", "run", number), new AuditRecord(DateTimeOffset.UnixEpoch, "", new AuditActor("", ""), [], "checkpoint"),
        new AuditFunction { Name = "checkpoint" }, System.Text.Encoding.UTF8.GetBytes(line));
}
