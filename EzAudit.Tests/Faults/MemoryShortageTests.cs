using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Memory runs out while a record is formatted: that record fails, and no other.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class MemoryShortageTests
{
    [TestMethod]
    [Fault(62)]
    public void AFormatThatRunsOutOfMemoryFailsItsRecordAndLeavesTheFileFree()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[Function-user-login]\nFormat=starving\n", builder => builder.AddPlugin(new StarvingFormat()));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", 1)));

        var failure = Assert.ThrowsExactly<AuditWriteException>(() => site.Writer.WriteAudit("user-login", ("starve", 2)));

        Assert.AreEqual((AuditWriteStage.Format, false), (failure.Stage, failure.MayBeStored));
        Assert.IsInstanceOfType<OutOfMemoryException>(failure.InnerException);
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", 3)));
        using (AuditWriter other = new AuditWriterBuilder(site.Root.Path) { HostName = "host" }.AddPlugin(new StarvingFormat()).Build()) Assert.IsTrue(other.WriteAudit("user-login", ("n", 4)));
        Assert.AreEqual("1;3;4;", site.Read("login.log"));
    }

    private sealed class StarvingFormat : IAuditPlugin, IAuditFormat
    {
        public ReadOnlySpan<byte> Terminator => ";"u8;

        public void Register(AuditRegistry registry) => registry.AddFormat("starving", [], _ => this);

        public void Write(in AuditRecordView record, IBufferWriter<byte> output)
        {
            AuditField field = record.Fields[0];
            output.Write(System.Text.Encoding.UTF8.GetBytes($"{field.Value}"));
            // Longer than any string can be, so the runtime throws what it throws without memory.
            if (field.Name == "starve") _ = new string('x', int.MaxValue);
            output.Write(";"u8);
        }
    }
}
