using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Spooling;

/// <summary>A sender that makes its messages when records are written, and one that cannot be closed.</summary>
[TestClass]
public sealed class PreparingTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void WhatASenderPreparesOnTheCallersThreadIsWhatItGets(bool keepsRecords)
    {
        var sender = new PreparingSender(keepsRecords);
        using AuditSite site = Site(sender);
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 7)));
        site.Writer.Flush();

        CollectionAssert.AreEqual(new[] { $"user-login {Environment.CurrentManagedThreadId} {{\"time\"" }, sender.Messages.ToArray());
        Assert.AreEqual(keepsRecords ? "7" : null, sender.Records.Single()["Id"]);
        Assert.AreEqual("user-login", sender.Records.Single().Function);
    }

    [TestMethod]
    public void ARecordThatCannotBePreparedIsNotStored()
    {
        var sender = new PreparingSender(keepsRecords: true) { Refuses = "no message" };
        using AuditSite site = Site(sender);
        var failure = Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login", ("Id", 7)));
        Assert.Contains("no message", failure.Message);
        sender.Refuses = null;
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 8)));
        site.Writer.Flush();
        Assert.AreEqual("8", sender.Records.Single()["Id"]);
    }

    [TestMethod]
    public void ASenderThatCannotBeClosedIsReportedAndTheSpoolIsClosed()
    {
        using var root = new TempFolder();
        using var log = new FakeLoggerFactory();
        var sender = new PreparingSender(keepsRecords: true) { Refuses = null, RefusesToClose = true };
        using (AuditSite site = Site(sender, $"SpoolDir={root.Path}\n", log)) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", 7)));

        Assert.IsTrue(log.Messages.Any(message => message.Contains("cannot be closed", StringComparison.Ordinal)), string.Join('\n', log.Messages));
        Assert.IsEmpty(Directory.GetDirectories(root.Path), "everything was sent, so the run is deleted");
    }

    private static AuditSite Site(PreparingSender sender, string section = "", FakeLoggerFactory? log = null) => new(
        $"{AuditSite.Enabled}[FunctionDefaults]\nDurability=os\nTargets[]=remote\n[Target-remote]\nType=preparing\n{section}",
        builder =>
        {
            builder.AddPlugin(sender);
            builder.LoggerFactory = log;
        });

    private sealed class PreparingSender(bool keepsRecords) : IAuditPlugin, IAuditSender
    {
        public string? Refuses { get; set; }

        public bool RefusesToClose { get; init; }

        public ConcurrentQueue<string> Messages { get; } = new();

        public ConcurrentQueue<AuditRecord> Records { get; } = new();

        public void Register(AuditRegistry registry) =>
            registry.AddSender("preparing", [], _ => this, new AuditSenderOptions { Format = "json", KeepsRecords = keepsRecords });

        public void Prepare(in AuditRecordView record, ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
        {
            if (Refuses is { } reason) throw new InvalidOperationException(reason);
            string start = Encoding.UTF8.GetString(bytes[..7]);
            output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{record.Function.Name} {Environment.CurrentManagedThreadId} {start}")));
        }

        public ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken)
        {
            foreach (AuditEnvelope envelope in batch)
            {
                Messages.Enqueue(Encoding.UTF8.GetString(envelope.Bytes.Span));
                Records.Enqueue(envelope.Record);
            }
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => RefusesToClose ? throw new InvalidOperationException("cannot be closed") : ValueTask.CompletedTask;
    }
}
