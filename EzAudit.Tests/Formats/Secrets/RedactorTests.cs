using System.Security.Cryptography;
using System.Text;
using EzAudit.Formats.Output;
using EzAudit.Formats.Secrets;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Formats.Secrets;

[TestClass]
public sealed class RedactorTests
{
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.s5Canary_-x";
    private const string Pem = "-----BEGIN RSA PRIVATE KEY-----\nMIICanary\n-----END RSA PRIVATE KEY-----";

    private static readonly Redactor Plain = new(new RedactionSettings(), []);

    private static string Redacted(AuditField field, Redactor? redactor = null) => (redactor ?? Plain).Redact(field, 0, field.IsNumber) ?? field.Value;

    [TestMethod]
    [Fault(49)]
    [DataRow("password")]
    [DataRow("New Password")]
    [DataRow("passwd")]
    [DataRow("Client_Secret")]
    [DataRow("accessToken")]
    [DataRow("AUTHORIZATION")]
    [DataRow("Cookie")]
    [DataRow("Set-Cookie")]
    [DataRow("api key")]
    [DataRow("API_KEY")]
    [DataRow("ApiKey")]
    [DataRow("cvv")]
    [DataRow("Private-Key")]
    [DataRow("Connection String")]
    [DataRow("pin")]
    [DataRow("Card PIN")]
    [DataRow("cardPin")]
    [DataRow("PAN")]
    [DataRow("pan_number")]
    public void TheValueOfASecretFieldIsReplaced(string name) => Assert.AreEqual("[redacted]", Redacted((name, "canary")));

    [TestMethod]
    [DataRow("Shipping")]
    [DataRow("Company")]
    [DataRow("Panel")]
    [DataRow("Opinion")]
    [DataRow("Cookie policy")]
    [DataRow("Key")]
    [DataRow("Author")]
    [DataRow("Node ID")]
    [DataRow("")]
    public void OtherFieldsStay(string name) => Assert.AreEqual("canary", Redacted((name, "canary")));

    [TestMethod]
    public void SettingsAndFunctionNameFurtherFields()
    {
        var redactor = new Redactor(new RedactionSettings { Fields = ["Birth date"] }, ["iban"]);
        Assert.AreEqual("[redacted]", Redacted(("birth_date", "canary"), redactor));
        Assert.AreEqual("[redacted]", Redacted(("IBAN", 7), redactor));
        Assert.AreEqual("7", Redacted(("IBAN", 7)));
    }

    [TestMethod]
    [DataRow("4111111111111111", "[redacted:1111]")]
    [DataRow("paid with 4111 1111 1111 1111.", "paid with [redacted:1111].")]
    [DataRow("5500-0000-0000-0004,12/29", "[redacted:0004],12/29")]
    [DataRow("4111 1111 1111 1111 12/29", "[redacted:1111] 12/29")]
    [DataRow("378282246310005 and 6011111111111117", "[redacted:0005] and [redacted:1117]")]
    [DataRow("card 4222222222222", "card [redacted:2222]")]
    [DataRow(Jwt, "[redacted]")]
    [DataRow("id=" + Jwt + ";", "id=[redacted];")]
    [DataRow("Authorization: Bearer canary.token-1", "Authorization: [redacted]")]
    [DataRow("Bearer xxx", "[redacted]")]
    [DataRow("bearer abc123", "[redacted]")]
    [DataRow("key:\n" + Pem + "\nend", "key:\n[redacted]\nend")]
    [DataRow("-----BEGIN PRIVATE KEY-----\nMIICanary and cut off", "[redacted]")]
    public void ASecretInsideAValueIsReplaced(string value, string expected) => Assert.AreEqual(expected, Redacted(("Comment", value)));

    [TestMethod]
    [DataRow("4111111111111112")]
    [DataRow("order 1234567890123456")]
    [DataRow("1763780000000")]
    [DataRow("638993664000000000")]
    [DataRow("0.4242424242424242")]
    [DataRow("a4111111111111111")]
    [DataRow("4111111111111111b")]
    [DataRow("41111111111111111111111111111111")]
    [DataRow("12345678-4111-1111-1111-111111111111")]
    [DataRow("+43 1 234567890")]
    [DataRow("the bearer of this letter")]
    [DataRow("Bearer of")]
    [DataRow("eyJust a word")]
    [DataRow("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")]
    [DataRow("C:\\temp\\new")]
    [DataRow("")]
    public void HarmlessLookalikesAreKept(string value) => Assert.AreEqual(value, Redacted(("Comment", value)));

    [TestMethod]
    public void ANumberIsNoCardUnlessTheSettingsSaySo()
    {
        var all = new Redactor(new RedactionSettings { Cards = CardSearch.All }, []);

        Assert.AreEqual("4000000000000002", Redacted(("Order ID", 4000000000000002L)));
        Assert.AreEqual("4111111111111111", Redacted(("Number", 4111111111111111L)));
        Assert.AreEqual("[redacted:1111]", Redacted(("Number", 4111111111111111L), all));
        Assert.AreEqual("[redacted:0002]", Redacted(("Order ID", "4000000000000002"), all));
    }

    [TestMethod]
    public void AnObjectThatIsANumberIsNoCardEither()
    {
        AuditField[] fields = [new("Sum", (object)4111111111111111m), new("Key", (object)4111111111111111UL), new("Many", (object)new[] { 4111111111111111L })];

        AuditField[] limited = new FieldSanitizer(new RecordLimits()).Sanitize(fields, out _, Plain).ToArray();

        CollectionAssert.AreEqual(new[] { "4111111111111111", "4111111111111111", "4111111111111111" }, limited.Select(field => field.Value).ToArray());
    }

    [TestMethod]
    public void WithoutASearchForCardsOtherSecretsAreFound() =>
        Assert.AreEqual("4111111111111111 password=[redacted]", Redacted(("Comment", "4111111111111111 password=hunter2"), new Redactor(new RedactionSettings { Cards = CardSearch.None }, [])));

    [TestMethod]
    [DataRow("user=kim&password=hunter2&x=1", "user=kim&password=[redacted]&x=1")]
    [DataRow("https://kim:hunter2@example.org/x", "https://kim:[redacted]@example.org/x")]
    [DataRow("{\"user\":\"kim\",\"password\":\"hun\\\"ter2\"}", "{\"user\":\"kim\",\"password\":\"[redacted]\"}")]
    [DataRow("Server=db;Password=a b=c;Encrypt=true", "Server=db;Password=[redacted];Encrypt=true")]
    [DataRow("%B4111111111111111^DOE/JANE^25121010000000000?x", "[redacted:1111]x")]
    [DataRow("Cookie: a=1; b=2\nHost: x", "Cookie: [redacted]\nHost: x")]
    public void OnlyTheSecretItselfIsReplaced(string value, string expected) => Assert.AreEqual(expected, Redacted(("Comment", value)));

    [TestMethod]
    [Fault(50)]
    public void AKeyedDigestKeepsEqualValuesRecognisable()
    {
        byte[] key = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");
        var redactor = new Redactor(new RedactionSettings { Mode = RedactionMode.Hmac, Key = key }, []);
        string expected = $"[hmac-sha256:{Convert.ToHexStringLower(HMACSHA256.HashData(key, "4111111111111111"u8.ToArray()))}]";
        Assert.AreEqual(expected, Redacted(("password", "4111111111111111"), redactor));
        Assert.AreEqual($"card {expected}!", Redacted(("Comment", "card 4111111111111111!"), redactor));
    }

    [TestMethod]
    public void AnOrdinaryRecordCostsNoMemory()
    {
        AuditField[] fields = [("Node ID", 124), ("Content Name", "Folder 2007"), ("Comment", "Moved the node to the given node"), ("ok", true), ("share", 0.5)];
        var sanitizer = new FieldSanitizer(new RecordLimits());
        Assert.IsTrue(sanitizer.Sanitize(fields, out _, Plain) == fields.AsSpan());
        Assert.AreEqual(0, Allocation.Of(() => sanitizer.Sanitize(fields, out _, Plain)));
        Assert.IsTrue(fields.All(field => Plain.Redact(field, 0, field.IsNumber) is null));
    }

    [TestMethod]
    public void AnObjectIsAskedOnceAndRedactedBeforeItIsCut()
    {
        int asked = 0;
        var sanitizer = new FieldSanitizer(new RecordLimits { MaxFieldBytes = 115 });
        string text = "4111111111111111 " + new string('x', 200);
        AuditField[] limited = sanitizer.Sanitize([("a", new Talking(() => $"{text}{++asked}"))], out _, Plain).ToArray();
        StringAssert.StartsWith(limited[0].Value, "[redacted:1111] xxx ...[+");
        Assert.AreEqual(1, asked);
    }

    [TestMethod]
    public void AHostileValueTakesNoLonger()
    {
        string value = string.Concat(Enumerable.Repeat("eyJaaaaa-4-", 20_000)) + string.Concat(Enumerable.Repeat("1 ", 20_000));
        Assert.AreEqual(value, Redacted(("Comment", value)));
    }

    private sealed class Talking(Func<string> says)
    {
        public override string ToString() => says();
    }
}
