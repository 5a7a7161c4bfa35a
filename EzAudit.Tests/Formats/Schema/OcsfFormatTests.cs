using System.Text.Json;
using EzAudit.Extensibility;
using EzAudit.Formats.Schema;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Formats.Schema;

[TestClass]
public sealed class OcsfFormatTests : FormatContract
{
    public override IAuditFormat Format => SchemaFormat.Ocsf();

    private static AuditFunction Mapped(long ofClass, long activity, params AuditMappedValue[] values) => new()
    {
        Name = "t",
        Mappings = [new AuditMapping(AuditMapping.Ocsf, "1.8.0", [AuditMappedValue.Of("class_uid", ofClass), AuditMappedValue.Of("activity_id", activity), .. values])],
    };

    private JsonElement Written(AuditFunction function, params AuditField[] fields)
    {
        using JsonDocument document = JsonDocument.Parse(Support.Written.With(Format, function, fields));
        return document.RootElement.Clone();
    }

    [TestMethod]
    public void AFunctionWithoutAMappingIsABaseEvent() => Assert.AreEqual(
        "{\"time\":1391597299938,\"class_uid\":0,\"category_uid\":0,\"activity_id\":99,\"type_uid\":99,\"severity_id\":1,\"status_id\":1,\"message\":\"a: b\","
        + "\"metadata\":{\"version\":\"1.8.0\",\"product\":{\"name\":\"EzAudit\",\"vendor_name\":\"EzAudit\"},\"event_code\":\"T\",\"log_name\":\"t\",\"correlation_uid\":\"4bf92f35\"},"
        + "\"actor\":{\"user\":{\"name\":\"administrator\",\"uid\":\"1\"},\"session\":{\"uid\":\"e2oqpa0come5441h4yhdeuhg\"}},"
        + "\"unmapped\":{\"address\":\"10.0.0.7\",\"fields\":[{\"name\":\"a\",\"value\":\"b\"}]}}\n",
        Support.Written.With(Format, new AuditFunction { Name = "t" }, ("a", "b")));

    [TestMethod]
    public void CategoryAndTypeFollowFromClassAndActivity()
    {
        JsonElement root = Written(Mapped(3004, 5));

        Assert.AreEqual("3004 3 5 300405", string.Join(' ', new[] { "class_uid", "category_uid", "activity_id", "type_uid" }.Select(name => root.GetProperty(name).GetInt64())));
    }

    [TestMethod]
    public void AClassOfUsersNamesTheActorWhereTheMappingNamesNobody()
    {
        Assert.AreEqual("{\"name\":\"administrator\",\"uid\":\"1\"}", Written(Mapped(3002, 1)).GetProperty("user").GetRawText());
        Assert.AreEqual("{\"name\":\"bob\"}", Written(Mapped(3002, 1, AuditMappedValue.OfField("user.name", "User login")), ("User login", "bob")).GetProperty("user").GetRawText());
        Assert.IsFalse(Written(Mapped(3004, 1)).TryGetProperty("user", out _));
        Assert.AreEqual("{\"ip\":\"10.0.0.7\"}", Written(Mapped(3004, 1)).GetProperty("src_endpoint").GetRawText());
    }

    [TestMethod]
    public void ASignInNamesTheHostThatTookIt() =>
        Assert.AreEqual(Environment.MachineName, Written(Mapped(3002, 1)).GetProperty("dst_endpoint").GetProperty("hostname").GetString());

    [TestMethod]
    public void AnArrayMayHoldAnObject() => Assert.AreEqual(
        "[{\"name\":\"/a\",\"type\":\"page\"}]",
        Written(Mapped(6001, 2, AuditMappedValue.OfField("web_resources[].name", "Path"), AuditMappedValue.Of("web_resources[].type", "page")), ("Path", "/a"))
            .GetProperty("web_resources").GetRawText());

    [TestMethod]
    [DataRow(AuditSeverity.Debug, 1)]
    [DataRow(AuditSeverity.Notice, 2)]
    [DataRow(AuditSeverity.Error, 4)]
    [DataRow(AuditSeverity.Emergency, 6)]
    public void SeveritiesAreThoseOfTheSchema(AuditSeverity severity, int expected) =>
        Assert.AreEqual(expected, Written(new AuditFunction { Name = "t", Severity = severity }).GetProperty("severity_id").GetInt32());

    [TestMethod]
    public void AFailureIsOne() =>
        Assert.AreEqual(2, Written(new AuditFunction { Name = "t", Outcome = AuditOutcome.Failure }).GetProperty("status_id").GetInt32());

    [TestMethod]
    public void EveryTextIsReadByDotNetAndAsItWas()
    {
        foreach (string text in HostileTexts.All)
            Assert.AreEqual(StrictText.Of(text), Written(Mapped(3004, 1, AuditMappedValue.OfField("entity.name", "Name")), ("Name", text)).GetProperty("entity").GetProperty("name").GetString());
    }
}
