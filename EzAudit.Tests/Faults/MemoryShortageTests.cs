using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>No memory while a record is formatted: that record fails, and no other.</summary>
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

    [TestMethod]
    [Fault(62)]
    [DataRow(3)]
    [DataRow(3_000)]
    [DataRow(900_000)]
    public void AProcessWithoutMemoryTellsTheTruthAndGoesOn(int size)
    {
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nDurability=os\n");
        var environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x6000000" };
        using var child = ChildProcess.StartIn(site.Root.Path, environment, nameof(WriteWithoutMemory), site.Root.Path, $"{size}");
        var (exitCode, output, errors) = child.Finish();

        Assert.AreEqual(0, exitCode, output + errors);
        string[] answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.AreEqual("after True", answers[^1]);
        Assert.IsTrue(answers.Any(answer => !answer.EndsWith(" True", StringComparison.Ordinal)), "there was memory enough");
        HashSet<string> stored = [.. site.Records("login.log").Select(record => record["Short"] is { } number ? $"short-{number}" : record[NumberedRecord.IdField]!)];
        foreach (string[] answer in answers.Select(answer => answer.Split(' ')))
        {
            if (answer[1] == "True") Assert.Contains(answer[0], stored);
            if (answer[1] == "refused") Assert.DoesNotContain(answer[0], stored);
        }
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", "successor")));
    }

    private sealed class StarvingFormat : IAuditPlugin, IAuditFormat
    {
        public ReadOnlySpan<byte> Terminator => ";"u8;

        public void Register(AuditRegistry registry) => registry.AddFormat("starving", [], _ => this);

        public void Write(in AuditRecordView record, IBufferWriter<byte> output)
        {
            AuditField field = record.Fields[0];
            output.Write(System.Text.Encoding.UTF8.GetBytes($"{field.Value}"));
            // Longer than any string can be: what the runtime throws when there is no memory.
            if (field.Name == "starve") _ = new string('x', int.MaxValue);
            output.Write(";"u8);
        }
    }
}
