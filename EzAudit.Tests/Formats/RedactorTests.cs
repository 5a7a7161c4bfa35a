using System.Security.Cryptography;
using System.Text;
using EzAudit.Formats;
using EzAudit.Records;
using EzAudit.Settings;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Formats;

[TestClass]
public sealed class RedactorTests
{
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.s5Canary_-x";
    private const string Pem = "-----BEGIN RSA PRIVATE KEY-----\nMIICanary\n-----END RSA PRIVATE KEY-----";

    private static readonly Redactor Plain = new(new RedactionSettings(), []);

    private static string Redacted(AuditField field, Redactor? redactor = null) => (redactor ?? Plain).Redact([field])[0].Value;

    [TestMethod]
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
    [DataRow("4111111111111111", "[redacted]")]
    [DataRow("paid with 4111 1111 1111 1111.", "paid with [redacted].")]
    [DataRow("5500-0000-0000-0004,12/29", "[redacted],12/29")]
    [DataRow("4111 1111 1111 1111 12/29", "[redacted] 12/29")]
    [DataRow("378282246310005 and 6011111111111117", "[redacted] and [redacted]")]
    [DataRow("4222222222222", "[redacted]")]
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
    public void WhatOnlyLooksLikeASecretStays(string value) => Assert.AreEqual(value, Redacted(("Comment", value)));

    [TestMethod]
    public void ACardNumberThatIsANumberIsReplacedToo()
    {
        Assert.AreEqual("[redacted]", Redacted(("Number", 4111111111111111L)));
        Assert.AreEqual("4111111111111112", Redacted(("Number", 4111111111111112L)));
    }

    [TestMethod]
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
        Assert.IsTrue(Plain.Redact(fields) == fields.AsSpan());
        Assert.AreEqual(0, Allocation.Of(() => Plain.Redact(fields)));
    }

    [TestMethod]
    public void AnObjectIsAskedOnceAndRedactedBeforeItIsCut()
    {
        int asked = 0;
        var limiter = new FieldLimiter(new RecordLimits { MaxFieldBytes = 110 });
        string text = "4111111111111111 " + new string('x', 200);
        AuditField[] limited = limiter.Limit([("a", new Talking(() => $"{text}{++asked}"))], out _, Plain).ToArray();
        StringAssert.StartsWith(limited[0].Value, "[redacted] xxx ...[+");
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
