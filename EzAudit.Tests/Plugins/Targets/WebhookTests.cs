using System.Security.Cryptography;
using System.Text;
using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Support;
using EzAudit.Tests.Syslog;

namespace EzAudit.Tests.Plugins.Targets;

/// <summary>The requests of the target <c>webhook</c>, and whom it trusts.</summary>
[TestClass]
public sealed class WebhookTests
{
    private const string Secret = "a secret of more than 24 bytes";

    [TestMethod]
    public void ARequestIsSignedAndNamesItsRecords()
    {
        using var server = new WebhookServer();
        server.Start();
        using AuditSite site = Site($"Url={server.Url}\nSecretFile=secret.txt\nOrigin=web 1/shop\n");
        site.Root.Write("secret.txt", Secret + "\n");
        Write(site, 3);

        WebhookRequest request = Sent(site, server).Single();
        Assert.AreEqual("application/x-ndjson", request.ContentType);
        Assert.MatchesRegex("^web%201/shop/[0-9a-f]{16}/1-3$", request.Headers["webhook-id"]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}."), .. request.Body];
        Assert.AreEqual("v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), request.Headers["webhook-signature"]);
        Assert.HasCount(3, request.Lines);
        Assert.Contains("\"Id\"", request.Lines.First().Line);
    }

    [TestMethod]
    public void AHeaderIsReadFromItsFile()
    {
        using var server = new WebhookServer();
        server.Start();
        using AuditSite site = Site($"Url={server.Url}\nHeaderFiles[Authorization]=token.txt\n");
        site.Root.Write("token.txt", "Bearer abc\n");
        Write(site, 1);

        Assert.AreEqual("Bearer abc", Sent(site, server).Single().Headers["Authorization"]);
    }

    [TestMethod]
    public void ASecretInTheFormOfStandardWebhooksIsDecoded()
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        using var server = new WebhookServer();
        server.Start();
        using AuditSite site = Site($"Url={server.Url}\nSecretFile=secret.txt\n");
        site.Root.Write("secret.txt", "whsec_" + Convert.ToBase64String(key));
        Write(site, 1);

        WebhookRequest request = Sent(site, server).Single();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}."), .. request.Body];
        Assert.AreEqual("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)), request.Headers["webhook-signature"]);
    }

    [TestMethod]
    public void ABatchThatIsTooLargeIsHalvedUntilItFits()
    {
        using var server = new WebhookServer();
        server.Answer = request => request.Lines.Count() > 3 ? 413 : 200;
        server.Start();
        using AuditSite site = Site($"Url={server.Url}\n");
        Write(site, 20);

        Assert.HasCount(20, Sent(site, server).SelectMany(request => request.Lines));
        Assert.AreEqual(0, Health(site).DeadLetters);
    }

    [TestMethod]
    [DataRow(401, "the receiver answered 401 Unauthorized")]
    [DataRow(404, "the receiver answered 404 NotFound")]
    [DataRow(302, "the receiver answered 302 Found")]
    [DataRow(503, "the receiver answered 503 ServiceUnavailable")]
    public void AnAnswerAboutTheReceiverIsAnOutage(int status, string trouble)
    {
        using var server = new WebhookServer { Answer = _ => status };
        server.Start();
        using AuditSite site = Site($"Url={server.Url}\nRetryMost=200ms\n");
        Write(site, 2);
        Until.True(() => Health(site).LastError is not null, "the outage is noticed");
        Assert.AreEqual($"{server.Url}: {trouble}", Health(site).LastError);
        Assert.AreEqual(0, Health(site).DeadLetters);

        server.Answer = _ => 200;

        Assert.HasCount(2, Sent(site, server).SelectMany(request => request.Lines));
    }

    [TestMethod]
    [DataRow("localhost", 30, false, true, null)]
    [DataRow("localhost", 0, false, true, "certificate")]
    [DataRow("other.example", 30, false, true, "certificate")]
    [DataRow("localhost", 30, true, true, "certificate")]
    [DataRow("localhost", 30, false, false, "certificate")]
    public void AServerThatIsNotWhoItShouldBeGetsNothing(string name, int days, bool selfSigned, bool hasCa, string? trouble)
    {
        using var tls = new TlsFiles(name, days, selfSigned);
        using var server = new WebhookServer(tls);
        server.Start();
        using AuditSite site = Site($"Url={server.Url}\n{(hasCa ? $"CaFile={tls.CaFile}\n" : "")}");
        Write(site, 1);
        if (trouble is null)
        {
            Assert.HasCount(1, Sent(site, server));
            return;
        }
        Until.True(() => Health(site).LastError is not null, "the refusal is reported");
        Assert.Contains(trouble, Health(site).LastError!);
        Assert.IsEmpty(server.Requests);
    }

    [TestMethod]
    [DataRow("Url=http://collector.example/x", "Url=http://collector.example/x", "an address that starts with https://, or with http:// on this machine, without user and password")]
    [DataRow("Url=https://user:secret@collector.example/x", "Url=https://user:secret@collector.example/x", "an address that starts with https://, or with http:// on this machine, without user and password")]
    [DataRow("Timeout=5s", "Url=", "an address that starts with https://, or with http:// on this machine, without user and password")]
    [DataRow("Url=https://x/y\nTimeout=0", "Timeout=0", "a time from 1s to 600s, such as 30s")]
    [DataRow("Url=https://x/y\nBatchRecords=0", "BatchRecords=0", "a number from 1 to 1000000")]
    [DataRow("Url=https://x/y\nBatchBytes=1", "BatchBytes=1", "a size from 1KiB to 256MiB, such as 1MiB")]
    [DataRow("Url=https://x/y\nBatchAge=2", "BatchAge=2", "a time from 0s to 1h, such as 200ms")]
    [DataRow("Url=https://x/y\nBatchAge=1min", "BatchAge=1min", "a time from 0s to 1h, such as 200ms")]
    [DataRow("Url=https://x/y\nBatchAge=1h\nRetryMost=61m", "RetryMost=61m", "a time from 100ms to 1h, such as 10s")]
    [DataRow("Url=https://x/y\nRetryMost=10ms", "RetryMost=10ms", "a time from 100ms to 1h, such as 10s")]
    [DataRow("Url=https://x/y\nSpool=1KiB", "Spool=1KiB", "a size from 1MiB to 1024GiB, such as 256MiB")]
    public void ABadValueIsRefusedWithItsPlace(string lines, string found, string expected)
    {
        using AuditSite site = Site(lines + "\n");
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.EndsWith($": found {found}, expected {expected}", failure.Problems.Single().ToString());
    }

    private static AuditSite Site(string target) => new(
        $"{AuditSite.Enabled}[FunctionDefaults]\nDurability=os\nTargets[]=file\nTargets[]=hook\n[Target-hook]\nType=webhook\n{target}",
        builder => builder.AddPlugin(new OutputPlugin()));

    private static void Write(AuditSite site, int count)
    {
        for (int i = 0; i < count; i++) Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i)));
    }

    private static WebhookRequest[] Sent(AuditSite site, WebhookServer server)
    {
        Until.True(() => Health(site).QueuedBytes == 0, "no record is waiting", () => Health(site).ToString());
        return [.. server.Requests];
    }

    private static AuditTargetHealth Health(AuditSite site) => site.Writer.Health.Targets.Single(target => target.Target == "hook");
}
