using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading.Matching;

/// <summary>The meaning of the terms of a query.</summary>
[TestClass]
public sealed class QueryTests : IDisposable
{
    private readonly AuditSite _site = new("""
        [AuditSettings]
        Audit=enabled
        AuditFileNames[user-login]=login.log
        AuditFileNames[user-failed-login]=failed.log
        AuditFileNames[payment-denied]=payment.log
        AuditFileNames[order-delete]=order.log
        AuditFileNames[order-create]=order.log
        """);

    public void Dispose() => _site.Dispose();

    // The case-insensitive search in bytes relies on it.
    [TestMethod]
    public void NoLetterOutsideAsciiMatchesAnAsciiLetter()
    {
        foreach (char ascii in "abcdefghijklmnopqrstuvwxyz")
        {
            for (int other = 0x80; other <= char.MaxValue; other++)
                Assert.IsFalse(string.Equals(ascii.ToString(), ((char)other).ToString(), StringComparison.OrdinalIgnoreCase), $"{ascii} {other:x}");
        }
    }

    [TestMethod]
    public void FunctionsAreNamesOrPatterns()
    {
        Write("user-login", "user-failed-login", "order-delete");
        Assert.AreEqual("user-login", Found(new AuditQuery { Functions = ["user-login"] }));
        Assert.AreEqual("user-login user-failed-login", Found(new AuditQuery { Functions = ["user-*"] }));
        Assert.AreEqual("", Found(new AuditQuery { Functions = ["user-log?n"] }));
        Assert.AreEqual("", Found(new AuditQuery { Functions = ["User-login"] }));
    }

    [TestMethod]
    public void FunctionsThatShareAFileAreDistinguished()
    {
        Write("order-delete", "order-create");
        Assert.AreEqual("order-create", Found(new AuditQuery { Functions = ["order-create"] }));
        using AuditLogReader log = Open();
        Assert.AreEqual("order-delete", log.Search(AuditQuery.All).First().Function);
    }

    [TestMethod]
    public void TheOutcomeIsThatOfAFieldOtherwiseOfTheFunction()
    {
        Write("user-login", "user-failed-login", "payment-denied", "order-delete");
        _site.Writer.WriteAudit("user-login", ("Said", "refused"), ("Outcome", "Failure"));
        _site.Writer.WriteAudit("order-create", ("Said", "done"), ("Status", "whatever"), ("Success", true));
        Assert.AreEqual("user-failed-login payment-denied refused", Found(new AuditQuery { Outcome = AuditOutcome.Failure }));
        Assert.AreEqual("user-login order-delete done", Found(new AuditQuery { Outcome = AuditOutcome.Success }));
    }

    [TestMethod]
    [DataRow("10.1.2.3", "10.1.2.3 ::ffff:10.1.2.3")]
    [DataRow("::FFFF:a01:203", "10.1.2.3 ::ffff:10.1.2.3")]
    [DataRow("::ffff:10.1.2.2/127", "10.1.2.3 ::ffff:10.1.2.3")]
    [DataRow("::ffff:10.1.2.0/127", "")]
    [DataRow("10.1.2.0/31", "")]
    [DataRow("10.1.2.2/31", "10.1.2.3 ::ffff:10.1.2.3")]
    [DataRow("0.0.0.0/0", "10.1.2.3 ::ffff:10.1.2.3")]
    [DataRow("2001:db8::/32", "2001:DB8::1")]
    [DataRow("host", "host")]
    [DataRow("10", "")]
    public void AddressesAreTextsOrNumbersOrNetworks(string expected, string addresses)
    {
        foreach (string address in new[] { "10.1.2.3", "::ffff:10.1.2.3", "2001:DB8::1", "host" })
        {
            using IDisposable context = AuditContext.Use(new AuditActor("anna", "7"), address);
            _site.Writer.WriteAudit("user-login", ("Said", address));
            _site.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.AreEqual(addresses, Found(new AuditQuery { Addresses = [expected] }));
    }

    [TestMethod]
    public void AnInvalidNetworkIsRefused()
    {
        using AuditLogReader log = Open();
        var refused = Assert.ThrowsExactly<ArgumentException>(() => log.Search(new AuditQuery { Addresses = ["10.0.0.0/33"] }));
        Assert.AreEqual("10.0.0.0/33 is not a network. Use one such as 10.0.0.0/8 or 2001:db8::/32.", refused.Message);
    }

    [TestMethod]
    public void AnInvalidRegularExpressionIsRefused()
    {
        using AuditLogReader log = Open();
        var refused = Assert.ThrowsExactly<ArgumentException>(() => log.Count(new AuditQuery { Fields = [new AuditFieldTest("a", AuditFieldComparison.Matches, "(")] }));
        StringAssert.StartsWith(refused.Message, "(: the regular expression is invalid. ");
    }

    [TestMethod]
    public void BadSettingsAreRefusedWithTheirPlace()
    {
        _site.Root.Write("settings/override/audit.ini.append", "[AuditSettings]\nAudit=on\n");
        var refused = Assert.ThrowsExactly<AuditSettingsException>(() => Open());
        Assert.AreEqual(2, refused.Problems.Single().Line);
    }

    private AuditLogReader Open() => AuditLogReader.Open(_site.Root.Path, new AuditLogReaderOptions { Plugins = [new EzPublishPlugin()] });

    private void Write(params string[] functions)
    {
        foreach (string function in functions)
        {
            _site.Writer.WriteAudit(function, ("Said", function));
            _site.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private string Found(AuditQuery query)
    {
        using AuditLogReader log = Open();
        return string.Join(' ', log.Search(query).Select(found => found.Record["Said"]));
    }
}
