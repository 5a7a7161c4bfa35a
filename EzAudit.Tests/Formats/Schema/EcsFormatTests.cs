using System.Text.Json;
using EzAudit.Extensibility;
using EzAudit.Formats.Schema;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Formats.Schema;

[TestClass]
public sealed class EcsFormatTests : FormatContract
{
    private static readonly AuditFunction SignIn = new()
    {
        Name = "user-failed-login",
        Sentence = "Sign-in as '{User login}' failed.",
        Severity = AuditSeverity.Warning,
        Outcome = AuditOutcome.Failure,
        Mappings =
        [
            new AuditMapping(AuditMapping.Ecs, "8.11.0",
            [
                AuditMappedValue.Of("event.category[]", "authentication"), AuditMappedValue.Of("event.type[]", "start"), AuditMappedValue.Of("event.type[]", "denied"),
                AuditMappedValue.OfField("user.name", "User login"), AuditMappedValue.OfNumberField("http.response.status_code", "Status"),
            ]),
        ],
    };

    public override IAuditFormat Format => SchemaFormat.Ecs();

    [TestMethod]
    public void AFunctionWithoutAMappingIsAnEventOfItsActor() => Assert.AreEqual(
        "{\"@timestamp\":\"2014-02-05T10:48:19.9380000Z\",\"ecs\":{\"version\":\"8.17.0\"},\"message\":\"Requirement 'Mahjong/User Stories/Requirement' "
        + "(6fbdede7-7243-4534-acc3-a2ba016d01b6) in project 'Mahjong' was viewed.\",\"log\":{\"level\":\"info\"},\"event\":{\"kind\":\"event\",\"module\":\"ezaudit\","
        + "\"action\":\"entity-view\",\"code\":\"ViewEntity\",\"outcome\":\"success\",\"severity\":6},\"user\":{\"name\":\"administrator\",\"id\":\"1\"},"
        + "\"source\":{\"address\":\"10.0.0.7\",\"ip\":\"10.0.0.7\"},\"trace\":{\"id\":\"4bf92f35\"},\"ezaudit\":{\"actor\":{\"login\":\"administrator\",\"id\":\"1\"},"
        + "\"session\":\"e2oqpa0come5441h4yhdeuhg\",\"fields\":[{\"name\":\"Entity type\",\"value\":\"Requirement\"},{\"name\":\"Entity path\",\"value\":\"Mahjong/User Stories/Requirement\"},"
        + "{\"name\":\"Entity ID\",\"value\":\"6fbdede7-7243-4534-acc3-a2ba016d01b6\"},{\"name\":\"Project name\",\"value\":\"Mahjong\"}]}}\n",
        Written.With(Format, Written.ViewEntity, Written.Viewed));

    [TestMethod]
    public void AMappingPutsFieldsAndConstantsIntoTheirPlaces()
    {
        using JsonDocument document = JsonDocument.Parse(Written.With(Format, SignIn, ("User login", "bob"), ("Status", 401)));
        JsonElement root = document.RootElement;

        Assert.AreEqual("8.11.0", root.GetProperty("ecs").GetProperty("version").GetString());
        Assert.AreEqual("[\"start\",\"denied\"]", root.GetProperty("event").GetProperty("type").GetRawText());
        Assert.AreEqual("failure", root.GetProperty("event").GetProperty("outcome").GetString());
        Assert.AreEqual(401, root.GetProperty("http").GetProperty("response").GetProperty("status_code").GetInt32());
    }

    [TestMethod]
    public void ASignInReplacesTheActorCompletely()
    {
        using JsonDocument document = JsonDocument.Parse(Written.With(Format, SignIn, ("User login", "bob")));

        Assert.AreEqual("{\"name\":\"bob\"}", document.RootElement.GetProperty("user").GetRawText());
        Assert.AreEqual("administrator", document.RootElement.GetProperty("ezaudit").GetProperty("actor").GetProperty("login").GetString());
    }

    [TestMethod]
    public void MissingPartsOfARecordLeaveNoEmptyObjects()
    {
        using JsonDocument document = JsonDocument.Parse(Written.With(Format, SignIn, ("Status", "none")));

        Assert.IsFalse(document.RootElement.TryGetProperty("http", out _));
        Assert.IsFalse(document.RootElement.TryGetProperty("user", out _));
    }

    [TestMethod]
    [DataRow("::1", true)]
    [DataRow("2001:db8::7", true)]
    [DataRow("10.0.0.7", true)]
    [DataRow("fe80::1%eth0", false)]
    [DataRow("10.0.0", false)]
    [DataRow("host", false)]
    [DataRow("1", false)]
    [DataRow("a:b", false)]
    public void OnlyAnIpAddressIsOne(string address, bool isIp)
    {
        using JsonDocument document = JsonDocument.Parse(Format.ToBytes(new AuditRecord(DateTimeOffset.UnixEpoch, address, new AuditActor("l", "i"), [])));

        Assert.AreEqual(isIp, document.RootElement.GetProperty("source").TryGetProperty("ip", out _));
    }

    [TestMethod]
    public void EveryTextIsReadByDotNetAndAsItWas()
    {
        foreach (string text in HostileTexts.All)
        {
            using JsonDocument document = JsonDocument.Parse(Written.With(Format, SignIn, ("User login", text), (text, "x")));
            Assert.AreEqual(StrictText.Of(text), document.RootElement.GetProperty("user").GetProperty("name").GetString());
            Assert.AreEqual(StrictText.Of(text), document.RootElement.GetProperty("ezaudit").GetProperty("fields")[1].GetProperty("name").GetString());
        }
    }
}
