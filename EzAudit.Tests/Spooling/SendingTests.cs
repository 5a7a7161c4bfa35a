using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Spooling;
using EzAudit.Spooling.Entries;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Spooling;

/// <summary>How a sender is called, and what follows from what it does.</summary>
[TestClass]
public sealed class SendingTests
{
    private const string SpoolDirectory = "var/spool/audit/remote";

    [TestMethod]
    public void AnEnvelopeHasTheRecordItsFunctionAndItsBytes()
    {
        AuditRecord? record = null;
        AuditFunction? function = null;
        string bytes = "";
        var sender = new ScriptedSender((batch, _) =>
        {
            (record, function, bytes) = (batch[0].Record, batch[0].Function, Encoding.UTF8.GetString(batch[0].Bytes.Span));
            return ValueTask.CompletedTask;
        });
        using AuditSite site = Site(sender);
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", "lone \ud800 and NUL \0"), ("Empty", "")));
        site.Writer.Flush();

        Assert.AreEqual("lone \ud800 and NUL \0", record!["Id"]);
        Assert.AreEqual((TestClock.Start, "user-login", "host"), (record.Time, record.Function, record.Address));
        Assert.AreEqual("user-login", function!.Name);
        Assert.StartsWith("{", bytes);
        Assert.EndsWith("}\n", bytes);
    }

    [TestMethod]
    public void ABatchEndsAtItsLimitOfRecords()
    {
        using var open = new ManualResetEventSlim();
        var sender = new ScriptedSender((_, _) => Opened(open), new AuditBatchLimits(3, 1 << 20, TimeSpan.Zero));
        using AuditSite site = Site(sender);
        Write(site, 0, 1);
        Until.True(() => sender.Batches.Count == 1, "the first is being sent");
        Write(site, 1, 7);
        open.Set();
        site.Writer.Flush();

        CollectionAssert.AreEqual(new[] { 1, 3, 3, 1 }, sender.Batches.Select(batch => batch.Length).ToArray());
    }

    [TestMethod]
    public void ABatchEndsAtItsLimitOfBytesAndASingleRecordMayHaveMore()
    {
        using var open = new ManualResetEventSlim();
        var sender = new ScriptedSender((_, _) => Opened(open), new AuditBatchLimits(1000, 4000, TimeSpan.Zero));
        using AuditSite site = Site(sender);
        Write(site, 0, 1);
        Until.True(() => sender.Batches.Count == 1, "the first is being sent");
        for (int i = 1; i < 5; i++) site.Writer.WriteAudit("user-login", ("Id", i), ("Text", new string('x', i == 3 ? 10_000 : 800)));
        open.Set();
        site.Writer.Flush();

        CollectionAssert.AreEqual(new[] { "0", "1,2", "3", "4" }, sender.Batches.Select(batch => string.Join(',', batch)).ToArray());
    }

    [TestMethod]
    public void RecordsWaitForOthersUntilTheyAreOldEnough()
    {
        var sender = new ScriptedSender((_, _) => ValueTask.CompletedTask, new AuditBatchLimits(10, 1 << 20, TimeSpan.FromHours(1)));
        using AuditSite site = Site(sender);
        Write(site, 0, 10);
        Until.True(() => sender.Batches.Count == 1, "a full batch is sent");
        Write(site, 10, 2);
        Assert.HasCount(1, sender.Batches);
        // Somebody waits for them.
        site.Writer.Flush();
        CollectionAssert.AreEqual(new[] { "10", "11" }, sender.Batches.Last());
    }

    [TestMethod]
    public void AfterAFailureTheRestIsSentFromTheFirstUnconfirmedRecord()
    {
        int calls = 0;
        var sender = new ScriptedSender((batch, _) =>
        {
            if (++calls == 1) return ValueTask.CompletedTask;
            if (calls > 2) return ValueTask.CompletedTask;
            batch.Confirm(2);
            throw new InvalidOperationException("remote:1: broken");
        });
        using AuditSite site = Site(sender);
        Write(site, 0, 1);
        site.Writer.Flush();
        string? trouble = null;
        using (var gate = new ManualResetEventSlim())
        {
            for (int i = 1; i < 6; i++) site.Writer.WriteAudit("user-login", ("Id", i));
            Until.True(() => Health(site).QueuedBytes == 0, "all is sent");
            trouble = Health(site).LastError;
        }

        string[] all = [.. sender.Batches.SelectMany(batch => batch)];
        CollectionAssert.AreEqual(Numbers(6), all.Distinct().ToArray());
        // Only what was not confirmed comes again, under the same id.
        Assert.IsFalse(sender.Ids.GroupBy(id => id).Any(id => id.Key.Number <= 1 && id.Count() > 1));
        CollectionAssert.AreEqual(Enumerable.Range(1, 6).Select(number => (long)number).ToArray(), sender.Ids.Distinct().Select(id => id.Number).ToArray());
        Assert.IsNull(trouble);
    }

    [TestMethod]
    public void ATimeoutOfTheClientIsAFailureLikeAnyOther()
    {
        int calls = 0;
        var sender = new ScriptedSender((_, _) => ++calls < 4 ? throw new TaskCanceledException("too late") : ValueTask.CompletedTask);
        using AuditSite site = Site(sender);
        Write(site, 0, 5);
        Until.True(() => Health(site).QueuedBytes == 0, "all is sent");
        Assert.AreEqual(4, calls);
    }

    [TestMethod]
    public void ASenderMayTakeMoreBeforeItConfirms()
    {
        using var written = new ManualResetEventSlim();
        ScriptedSender? self = null;
        var sender = new ScriptedSender((batch, cancellation) =>
        {
            written.Wait(cancellation);
            while (batch.TryNext(TimeSpan.Zero)) self!.Note(batch);
            Assert.AreEqual(0, batch.Confirmed);
            batch.Confirm(batch.Total);
            return ValueTask.CompletedTask;
        }, new AuditBatchLimits(2, 1 << 20, TimeSpan.Zero));
        self = sender;
        using AuditSite site = Site(sender);
        Write(site, 0, 9);
        written.Set();
        Until.True(() => Health(site).QueuedBytes == 0, "all is sent");

        CollectionAssert.AreEqual(Numbers(9), sender.Batches.SelectMany(batch => batch).ToArray());
        Assert.IsGreaterThan(1, sender.Batches.Count);
    }

    [TestMethod]
    public void ATroubleThatASenderReportsIsShownUntilTheNextConfirmation()
    {
        using var open = new ManualResetEventSlim();
        var sender = new ScriptedSender(async (batch, _) =>
        {
            batch.ReportTrouble("remote:1: slow");
            await Opened(open);
        });
        using AuditSite site = Site(sender);
        Write(site, 0, 1);
        Until.True(() => Health(site) is { State: AuditHealthState.Degraded, LastError: "remote:1: slow" }, "the trouble is shown");
        open.Set();
        Until.True(() => Health(site) is { State: AuditHealthState.Healthy, QueuedBytes: 0 }, "it is over");
    }

    [TestMethod]
    public void AReceiverThatRefusesEverythingEmptiesTheSpool()
    {
        var sender = new ScriptedSender((_, _) => throw new AuditRejectedException(0, "never"));
        using AuditSite site = Site(sender);
        Write(site, 0, 20);
        Until.True(() => Health(site).QueuedBytes == 0, "no record is waiting");

        Assert.AreEqual(20, Health(site).DeadLetters);
        string[] letters = [.. File.ReadLines(site.Root[$"{SpoolDirectory}/DEADLETTER"]).Where(line => line.Length > 0)];
        Assert.HasCount(20, letters);
        Assert.Contains("\"reason\":\"never\",\"function\":\"user-login\"", letters[0]);
        Assert.Contains("\"fields\":[{\"name\":\"Id\",\"value\":\"0\"}]", letters[0]);
    }

    [TestMethod]
    public void ARefusalThatNamesNoRecordIsAnOutage()
    {
        var sender = new ScriptedSender((_, _) => throw new AuditRejectedException(99, "which one?"));
        using AuditSite site = Site(sender);
        Write(site, 0, 1);
        Until.True(() => Health(site).LastError == "which one?", "the trouble is shown");
        Assert.AreEqual(0, Health(site).DeadLetters);
    }

    [TestMethod]
    public void ARecordThatWasRefusedBeforeAKillIsNotSentAgain()
    {
        var first = new ScriptedSender((_, _) => ValueTask.CompletedTask);
        using var root = new TempFolder();
        // What a process leaves that was killed between the dead letter and the confirmation.
        string directory = root["spool"];
        var header = new SpoolHeader("host/app", "0123456789abcdef");
        var record = new AuditRecordView(new AuditFunction { Name = "user-login" }, TestClock.Start, "host", new AuditActor("", ""), [("Id", "7")]);
        var entry = new ArrayBufferWriter<byte>();
        EntryFormat.Write(record, entry);
        entry.Write("x\n"u8);
        using (SpoolFolder folder = SpoolFolder.Create(directory, header)) folder.Fill([(1, entry.WrittenSpan.ToArray()), (2, entry.WrittenSpan.ToArray())]);
        new DeadLetterFile(directory).Add(new DeadLetter(new AuditRecordId(header.Origin, header.Run, 1), "no", entry.WrittenSpan.ToArray()));

        using AuditSite site = Site(first, $"SpoolDir={directory}\n");
        Write(site, 0, 1);
        Until.True(() => first.Ids.Count == 2, "two are sent");
        CollectionAssert.AreEquivalent(new long[] { 2, 1 }, first.Ids.Select(id => id.Number).ToArray());
        Assert.AreEqual(2, first.Ids.Single(id => id.Run == header.Run).Number);
    }

    [TestMethod]
    public void ASpoolOfAnotherVersionIsReportedAndHoldsUpNothing()
    {
        using var root = new TempFolder();
        root.Write("spool/0190a0a0a0a0-00000000/0000000000000000.spool", new string('x', 5000));
        File.SetUnixFileMode(root["spool/0190a0a0a0a0-00000000"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var reports = new FakeLoggerFactory();
        var sender = new ScriptedSender((_, _) => ValueTask.CompletedTask);
        using AuditSite site = Site(sender, $"SpoolDir={root["spool"]}\n", builder => builder.LoggerFactory = reports);
        Write(site, 0, 3);
        Until.True(() => Health(site).QueuedBytes == 0, "no record is waiting");

        CollectionAssert.AreEqual(Numbers(3), sender.Batches.SelectMany(batch => batch).ToArray());
        Assert.IsTrue(File.Exists(root["spool/0190a0a0a0a0-00000000/0000000000000000.spool"]));
        string report = reports.Messages.Single(message => message.Contains("version", StringComparison.Ordinal));
        Assert.AreEqual(
            $"remote: {root["spool/0190a0a0a0a0-00000000"]}: found no version, expected version \"ezaudit-spool 1\". The records in this directory are kept and not sent. Run the version of EzAudit that wrote them with the same SpoolDir, and it sends them.",
            report);
    }

    [TestMethod]
    public void ClosingCancelsASenderThatHangsAndKeepsTheRecords()
    {
        var hanging = new ScriptedSender((_, cancellation) => new ValueTask(Task.Delay(Timeout.Infinite, cancellation)));
        using AuditSite site = Site(hanging);
        Write(site, 0, 3);
        site.Writer.Dispose();
        Until.True(() => hanging.Disposed == 1, "the sender is closed");

        var next = new ScriptedSender((_, _) => ValueTask.CompletedTask);
        using AuditWriter second = new AuditWriterBuilder(site.Root.Path).AddPlugin(next).Build();
        Until.True(() => next.Ids.Count == 3, "the next run sends them");
        AuditRecordId first = hanging.Ids.First();
        CollectionAssert.AreEqual(new[] { first, first with { Number = 2 }, first with { Number = 3 } }, next.Ids.ToArray());
    }

    [TestMethod]
    public void ACheckOfTheSettingsCreatesTheSenderAndNoSpool()
    {
        var sender = new ScriptedSender((_, _) => ValueTask.CompletedTask);
        using AuditSite site = Site(sender, "Text=bad\n");
        AuditInspection bad = AuditInspection.Of(site.Root.Path, plugins: [sender]);
        Assert.AreEqual("found Text=bad, expected another text", bad.Problems.Single().ToString().Split(": ", 2)[1]);
        site.Root.Write("settings/override/audit.ini", "[Target-remote]\nText=good\n");

        Assert.IsTrue(AuditInspection.Of(site.Root.Path, plugins: [sender]).CanStart);

        Assert.AreEqual(1, sender.Disposed);
        Assert.IsFalse(Directory.Exists(site.Root["var/spool"]));
    }

    [TestMethod]
    public void EachAttemptIsASpan()
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "EzAudit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        int calls = 0;
        var sender = new ScriptedSender((_, _) => ++calls == 1 ? throw new InvalidOperationException("away") : ValueTask.CompletedTask);
        using AuditSite site = Site(sender, name: "spans");
        Write(site, 0, 1, "user-login");
        Until.True(() => Mine().Length == 2, "two attempts are traced");

        Assert.AreEqual((ActivityStatusCode.Error, "away", 1), (Mine()[0].Status, Mine()[0].StatusDescription, Mine()[0].GetTagItem("attempt")));
        Assert.AreEqual((ActivityStatusCode.Unset, 2, 1), (Mine()[1].Status, Mine()[1].GetTagItem("attempt"), Mine()[1].GetTagItem("records")));

        Activity[] Mine() => [.. spans.Where(span => span.OperationName == "ezaudit send" && (string?)span.GetTagItem("target") == "spans")];
    }

    private static async ValueTask Opened(ManualResetEventSlim open) => await Task.Run(open.Wait);

    private static AuditSite Site(ScriptedSender sender, string section = "", Action<AuditWriterBuilder>? configure = null, string name = "remote") => new(
        $"{AuditSite.Enabled}[FunctionDefaults]\nDurability=os\nTargets[]=file\nTargets[]={name}\n[Target-{name}]\nType=scripted\nRetryMost=100ms\n{section}",
        builder =>
        {
            builder.AddPlugin(sender);
            configure?.Invoke(builder);
        });

    private static void Write(AuditSite site, int start, int count, string function = "user-login")
    {
        for (int i = start; i < start + count; i++) Assert.IsTrue(site.Writer.WriteAudit(function, ("Id", i)));
    }

    private static string[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static AuditTargetHealth Health(AuditSite site) => site.Writer.Health.Targets.Single(target => target.Target is "remote" or "spans");
}
