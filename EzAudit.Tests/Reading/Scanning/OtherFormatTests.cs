using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Reading.Scanning;

/// <summary>Files in a plugin's format are read through the plugin; files in a format that cannot be read are skipped and named.</summary>
[TestClass]
public sealed class OtherFormatTests : IDisposable
{
    private const string Settings = """
        [AuditSettings]
        Audit=enabled
        AuditFileNames[user-login]=login.log
        AuditFileNames[order-delete]=order.log
        [Function-user-login]
        Format=named
        [Function-order-delete]
        Format=mute
        """;

    private readonly AuditSite _site = new(Settings, builder => builder.AddPlugin<Formats>());

    public void Dispose() => _site.Dispose();

    [TestMethod]
    public void EveryQuestionIsAnswered()
    {
        foreach (string node in new[] { "124", "125", "124" }) _site.Writer.WriteAudit("user-login", ("Node ID", node));
        File.AppendAllText(_site.Root["var/log/audit/login.log"], "rubbish");
        using AuditLogReader log = Open();
        var query = new AuditQuery { Functions = ["said"], Fields = [new AuditFieldTest("Node ID", AuditFieldComparison.Equals, "124")] };
        Assert.AreEqual(0, log.Count(query));
        query = query with { Functions = ["user-login"] };
        Assert.AreEqual(2, log.Count(query));
        Assert.HasCount(2, log.Search(query));
        Assert.HasCount(2, log.SearchBackwards(query));
        AuditSummary summary = log.Summarize(AuditQuery.All, [new AuditGrouping(AuditGroupKey.Function, AuditGroupKey.Field("Node ID"))]);
        Assert.AreEqual("user-login 124 2; user-login 125 1", string.Join("; ", summary.Groups[0].Select(group => $"{group.Keys[0]} {group.Keys[1]} {group.Count}")));
        Assert.AreEqual(AuditLogProblemKind.Damage, log.FindProblems().Single().Kind);
    }

    // More than one of the parts that are read backwards.
    [TestMethod]
    public void ALongJsonFileReadsBackwardsAsForwardsWithItsProblems()
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < 30_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"time\":\"2026-11-22T14:00:05.0000000Z\",\"function\":\"f{i % 3}\",\"address\":\"a\",\"actor\":{{\"login\":\"u\",\"id\":\"1\"}},\"fields\":[[\"n\",\"{i}\"],[\"pad\",\"{new string('x', 300)}\"]]}}\n");
            if (i % 5000 == 0) text.Append("damage\n");
        }
        string path = _site.Root.Write("long.json", text.ToString());
        using AuditLogReader log = AuditLogReader.OpenFiles([path]);
        var query = new AuditQuery { Functions = ["f1"] };
        List<AuditLogProblem> forwards = [], backwards = [];

        long[] expected = [.. log.Search(query, new AuditReadOptions { OnProblem = forwards.Add }).Select(found => found.Offset)];

        Assert.HasCount(10_000, expected);
        CollectionAssert.AreEqual(expected, log.SearchBackwards(query, new AuditReadOptions { OnProblem = backwards.Add }).Select(found => found.Offset).Reverse().ToArray());
        Assert.HasCount(6, forwards);
        CollectionAssert.AreEqual(forwards, backwards);
    }

    [TestMethod]
    public void UnreadableFilesAreNamed()
    {
        _site.Writer.WriteAudit("order-delete", ("Order ID", 7));
        using AuditLogReader log = Open();
        Assert.IsFalse(log.FindFiles().Single().CanRead);
        Assert.AreEqual(0, log.Count(AuditQuery.All));
    }

    private AuditLogReader Open() => AuditLogReader.Open(_site.Root.Path, new AuditLogReaderOptions { Plugins = [new Formats()] });

    private sealed class Formats : IAuditPlugin
    {
        public void Register(AuditRegistry registry) => registry
            .AddFormat("named", [], _ => new Named())
            .AddFormat("mute", [], _ => new Mute());
    }

    // Writes classic bytes, which the reader does not know.
    private sealed class Named : IAuditFormat
    {
        private readonly ClassicFormat _classic = new(DateTimeZone.Utc);

        public ReadOnlySpan<byte> Terminator => _classic.Terminator;

        public bool CanRead => true;

        public void Write(in AuditRecordView record, IBufferWriter<byte> output) => _classic.Write(record, output);

        public AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal) => _classic.Read(bytes, isFinal);
    }

    private sealed class Mute : IAuditFormat
    {
        public ReadOnlySpan<byte> Terminator => "\n"u8;

        public void Write(in AuditRecordView record, IBufferWriter<byte> output) => output.Write("said\n"u8);
    }
}
