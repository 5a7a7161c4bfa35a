using System.Text.Json;
using System.Xml.Linq;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Formats;

/// <summary>Each format as audit.ini names it, written by a real writer to a real file.</summary>
[TestClass]
public sealed class FormatSettingsTests
{
    private const string Settings = AuditSite.Enabled + "[FunctionDefaults]\nFormat=";

    private static string[] Lines(string format, string section = "")
    {
        using var site = new AuditSite($"{Settings}{format}\n{section}");
        using (AuditContext.Use(new AuditActor("editor", "16"), "10.0.0.7", "s1"))
        {
            Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", 7), ("Comment", "a\nb <--> \"c\"")));
            Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", 8)));
        }
        string text = site.Read("order_delete.log");
        Assert.EndsWith("\n", text);
        return text[..^1].Split('\n');
    }

    [TestMethod]
    public void JsonIsReadBack()
    {
        using var site = new AuditSite(Settings + "json\n");
        using (AuditContext.Use(new AuditActor("editor", "16"), "10.0.0.7", "s1", "t1")) site.Writer.WriteAudit("order-delete", ("Order ID", 7), ("Comment", "a\nb\ud800"));

        ReadBack read = ReadBack.Of(site.Root[$"{AuditSite.LogDirectory}/order_delete.log"]);
        AuditRecord record = read.Records.Single().Record;

        Assert.AreEqual(
            new AuditRecord(site.Clock.GetUtcNow(), "10.0.0.7", new AuditActor("editor", "16"), [("Order ID", 7), ("Comment", "a\nb\ud800")], "order-delete", "s1", "t1"),
            record);
        Assert.IsEmpty(read.Problems);
    }

    [TestMethod]
    public void TheLogsOfARootAreReadInTheFormatsOfTheirFiles()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[Function-order-delete]\nFormat=json\n");
        site.Writer.WriteAudit("user-login", ("User id", 14));
        site.Writer.WriteAudit("order-delete", ("Order ID", 7));

        using AuditLogReader log = AuditLogReader.Open(site.Root.Path);

        CollectionAssert.AreEquivalent(new[] { "User id: 14", "Order ID: 7" }, log.Search(AuditQuery.All).Select(found => found.Record.Fields[0].ToString()).ToArray());
    }

    [TestMethod]
    public void PatternNeedsASectionWithThePattern() => CollectionAssert.AreEqual(
        new[] { "14:47 editor s1 order-delete 7 a b <--> \"c\"", "14:47 editor s1 order-delete 8 (null)" },
        Lines("line", "[Format-line]\nType=pattern\nPattern=%d{HH:mm} %login %session %function %field{Order ID} %field{Comment}%n\n"));

    [TestMethod]
    public void EcsNeedsNoSection() => CollectionAssert.AreEqual(
        new[] { "order-delete", "order-delete" },
        Lines("ecs").Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetProperty("action").GetString()).ToArray());

    [TestMethod]
    public void OcsfNeedsNoSection() => CollectionAssert.AreEqual(
        new[] { "order-delete", "order-delete" },
        Lines("ocsf").Select(line => JsonDocument.Parse(line).RootElement.GetProperty("metadata").GetProperty("log_name").GetString()).ToArray());

    [TestMethod]
    public void RecordDiffNeedsNoSection() => CollectionAssert.AreEqual(
        new[] { "a\nb <--> \"c\"", null },
        Lines("record-diff").Select(line => XDocument.Parse(line).Root!.Element("Comment")?.Attribute("value")!.Value).ToArray());

    [TestMethod]
    public void EachTargetMayHaveAFormatOfItsOwn()
    {
        using var site = new AuditSite(AuditSite.Enabled + """
            [Function-order-delete]
            Targets[]=file
            Targets[]=siem
            [Target-siem]
            Type=file
            Directory=var/siem
            Format=ecs

            """);

        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", 7)));

        Assert.AreEqual("7", site.Records("order_delete.log").Single()["Order ID"]);
        Assert.StartsWith("{\"@timestamp\":", site.Root.Read("var/siem/order_delete.log"));
    }

    [TestMethod]
    [DataRow("json", "{\"time\":\"20")]
    [DataRow("line", "2007-05-2")]
    [DataRow("ecs", "{\"@timestamp\":\"20")]
    [DataRow("ocsf", "{\"time\":117")]
    [DataRow("record-diff", "<!-- On Wed 23")]
    public void ATornTailIsClosedBeforeTheNextRecord(string format, string torn)
    {
        using var site = new AuditSite($"{Settings}{format}\n[Format-line]\nType=pattern\nPattern=%d %m\n");
        Directory.CreateDirectory(site.Root[AuditSite.LogDirectory]);
        site.Root.Write($"{AuditSite.LogDirectory}/order_delete.log", torn);

        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("Order ID", 7)));

        string[] lines = site.Read("order_delete.log").Split('\n');
        Assert.HasCount(3, lines);
        Assert.AreEqual(torn + "\\u{torn}", lines[0]);
        Assert.Contains("7", lines[1]);
    }
}
