using EzAudit.EntityFrameworkCore;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>A failure says that a record was not stored only if that is certain.</summary>
[TestClass]
public sealed class FailureMessageTests
{
    private const string Settings = AuditSite.Enabled + """
        [Function-user-login]
        Targets[]=throwing
        [Target-throwing]
        Type=throwing

        """;

    private readonly ThrowingPlugin _plugin = new();

    [TestMethod]
    public void AnUnknownExceptionOfATargetMeansThatTheRecordMayBeStored()
    {
        foreach (Exception failure in new Exception[] { new TimeoutException("no answer"), new HttpRequestException("reset"), new IOException("broken pipe"), new InvalidOperationException("odd") })
        {
            AuditWriteException thrown = Write(failure);
            Assert.IsTrue(thrown.MayBeStored, failure.GetType().Name);
            Assert.AreEqual($"The record of \"user-login\" may not have been stored (at Target): {failure.Message}", thrown.Message);
        }
    }

    [TestMethod]
    public void ATargetThatKnowsCanReportThatTheRecordIsNotStored()
    {
        AuditWriteException thrown = Write(new AuditTargetException("refused"));
        Assert.IsFalse(thrown.MayBeStored);
        Assert.AreEqual("The record of \"user-login\" was not stored (at Target): refused", thrown.Message);
    }

    [TestMethod]
    public void ABatchDistinguishesCertainFailuresFromOthers()
    {
        Assert.StartsWith("2 of 2 records were not stored. The first: ", Batch(new AuditTargetException("a"), new AuditTargetException("b")));
        Assert.StartsWith("2 of 2 records may not have been stored. The first: ", Batch(new TimeoutException("a"), new TimeoutException("b")));
        Assert.StartsWith("2 of 2 records were not stored, or may not have been (1). The first: ", Batch(new AuditTargetException("a"), new TimeoutException("b")));
    }

    [TestMethod]
    public void AFailedFlushSaysThatItConcernsWhatWasWrittenBefore()
    {
        using var site = new AuditSite(Settings, builder => builder.AddPlugin(_plugin));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 1)));
        _plugin.Failures.Enqueue(new IOException("device gone"));
        var thrown = Assert.ThrowsExactly<AuditWriteException>(site.Writer.Flush);
        Assert.AreEqual("Records written since the last flush may not have been stored (at Target): device gone", thrown.Message);
        Assert.IsTrue(thrown.MayBeStored);
    }

    [TestMethod]
    public void AnApplicationCanConstructWhatItHandles()
    {
        var write = new AuditWriteException("disk full", "user-login", AuditWriteStage.Write, mayBeStored: false, new IOException("inner")) { File = "/log/login.log", ErrnoName = "ENOSPC" };
        Assert.AreEqual(("disk full", "user-login", AuditWriteStage.Write, false, "/log/login.log", "ENOSPC"), (write.Message, write.Function, write.Stage, write.MayBeStored, write.File, write.ErrnoName));
        var batch = new AuditBatchException([new AuditMissedRecord(1, new AuditRecord(DateTimeOffset.UnixEpoch, "host", new AuditActor("", ""), [], "user-login"), write)], records: 2);
        Assert.AreEqual("1 of 2 records were not stored. The first: disk full", batch.Message);
        Assert.AreSame(write, batch.InnerException);
        foreach (Exception failure in new Exception[] { write, batch, new AuditSettingsException([]), new AuditAfterCommitException(1, 2, write) }) Assert.IsInstanceOfType<AuditException>(failure);
    }

    [TestMethod]
    public void AnExceptionRejectsImpossibleValues()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new AuditWriteException("m", "", AuditWriteStage.Write, mayBeStored: false));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new AuditBatchException([], 1));
        Assert.ThrowsExactly<ArgumentNullException>(() => new AuditSettingsException(null!));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new AuditAfterCommitException(3, 2, new IOException()));
    }

    private AuditWriteException Write(Exception failure)
    {
        using var site = new AuditSite(Settings, builder => builder.AddPlugin(_plugin));
        _plugin.Failures.Enqueue(failure);
        return Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login", ("User id", 1)));
    }

    private string Batch(params Exception[] failures)
    {
        using var site = new AuditSite(Settings, builder => builder.AddPlugin(_plugin));
        foreach (Exception failure in failures) _plugin.Failures.Enqueue(failure);
        AuditRecord record = site.Writer.Prepare("user-login", ("User id", 1))!;
        return Assert.ThrowsExactly<AuditBatchException>(() => site.Writer.WriteAudit([record, record])).Message;
    }

    private sealed class ThrowingPlugin : IAuditPlugin
    {
        public Queue<Exception> Failures { get; } = [];

        public void Register(AuditRegistry registry) => registry.AddTarget("throwing", [], _ => new ThrowingTarget(Failures));
    }

    private sealed class ThrowingTarget(Queue<Exception> failures) : IAuditTarget
    {
        public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) => Flush();

        public void Flush()
        {
            if (failures.TryDequeue(out Exception? failure)) throw failure;
        }

        public void Dispose()
        {
        }
    }
}
