using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using EzAudit.Extensibility;
using EzAudit.Nats.Sending;
using EzAudit.Nats.Settings;
using EzAudit.Tests.Support;
using NATS.NKeys;

namespace EzAudit.Tests.Nats;

/// <summary>A stream that cannot be used, or should not be, is named with what to do.</summary>
[TestClass]
public sealed class StreamRefusalTests
{
    private const string Advice = "Run \"ezaudit stream init --run\" as its owner";

    [TestMethod]
    public async Task AStreamThatIsMissingIsNamedAsync()
    {
        using var server = new NatsServer(hasStream: false);

        await AssertRefusedAsync(server.Options, $"{server.Node.Url} stream EZAUDIT: there is no stream EZAUDIT. {Advice}, or correct Stream.");
    }

    [TestMethod]
    public async Task AStreamThatKeepsNotWhatItTakesIsNotUsedUntilItIsProtectedAsync()
    {
        using var server = new NatsServer(hasStream: false);
        server.Configure(_ => { }, isNew: true);

        await AssertRefusedAsync(
            server.Options with { Replicas = 3 },
            $"{server.Node.Url} stream EZAUDIT: the stream is not safe for records: messages can be deleted (deny_delete is off); it can be purged (deny_purge is off); "
            + $"1 of 3 servers keep it (num_replicas; or set Replicas=1); when it is full, the oldest records make room for new ones (discard is not new). {Advice}.");

        NatsServer.Initialize(server.Options);
        await StreamRecords.SendAsync(server.Options, StreamRecords.Of("run", 1, 1));
    }

    [TestMethod]
    public async Task AnotherStreamWithTheSubjectsIsNamedAsync()
    {
        using var server = new NatsServer();

        await AssertRefusedAsync(server.Options with { Subject = "other" }, $"{server.Node.Url} stream EZAUDIT: the stream is not safe for records: it does not have the subjects other.>. {Advice}.");
    }

    [TestMethod]
    public async Task AFullStreamKeepsWhatItHasAndTakesMoreWhenThereIsRoomAsync()
    {
        using var server = new NatsServer();
        server.Configure(config => config.MaxBytes = 100_000);
        await using var sender = new NatsSender(server.Options, areCheckpoints: false);
        var batch = new AuditBatch(StreamRecords.Of("run", 1, 500));

        AuditStreamException failure = await Assert.ThrowsExactlyAsync<AuditStreamException>(async () => await sender.SendAsync(batch, default));

        Assert.AreEqual(
            $"{server.Node.Url} stream EZAUDIT: the stream is full: maximum bytes exceeded. Its records leave it after max_age. "
            + "Let the collectors catch up, enlarge max_bytes or the disks, and free space on them.",
            failure.Message);
        Assert.IsGreaterThan(0, batch.Confirmed);
        server.Configure(config => config.MaxBytes = -1);
        await sender.SendAsync(new AuditBatch(StreamRecords.Of("run", 1, 500)), default);
        using StreamContent content = new StreamContent(server.Options).Read();
        CollectionAssert.AreEqual(Enumerable.Range(1, 500).Select(number => (long)number).ToArray(), content.Records.Select(record => record.Id.Number).ToArray());
    }

    [TestMethod]
    public async Task AServerWithoutJetStreamIsNamedAsync()
    {
        using var folder = new TempFolder();
        using var node = new NatsNode(folder.Path, "");

        await AssertRefusedAsync(
            new AuditStreamOptions { Url = node.Url }, $"{node.Url} stream EZAUDIT: JetStream does not answer. Enable it in the configuration of the servers; or too few of them are running.");
    }

    [TestMethod]
    public async Task ARecordThatIsTooLargeIsRefusedForGoodAsync()
    {
        using var server = new NatsServer("max_payload: 8KB");
        await using var sender = new NatsSender(server.Options, areCheckpoints: false);
        var batch = new AuditBatch([.. StreamRecords.Of("run", 1, 2), .. StreamRecords.Of("run", 3, 1, 9000), .. StreamRecords.Of("run", 4, 2)]);

        AuditRejectedException refusal = await Assert.ThrowsExactlyAsync<AuditRejectedException>(async () => await sender.SendAsync(batch, default));

        Assert.AreEqual((2, 2L), (refusal.Index, batch.Confirmed));
        StringAssert.Matches(refusal.Message, new("^nats://.* stream EZAUDIT: its message has 9[0-9]{3} bytes; the servers take 8192. Raise max_payload of the servers, or max_msg_size of the stream.$"));
        await sender.SendAsync(new AuditBatch(StreamRecords.Of("run", 4, 2)), default);
    }

    [TestMethod]
    public async Task AMessageThatJustFitsIsTakenAsync()
    {
        using var server = new NatsServer("max_payload: 8KB");
        await using var sender = new NatsSender(server.Options, areCheckpoints: false);
        int taken = 0;
        // One of these has exactly the size that the servers take.
        for (int size = 7700; size <= 8100; size++)
        {
            try
            {
                await sender.SendAsync(new AuditBatch(StreamRecords.Of("run", 1000 + size, 1, size)), default);
                taken++;
            }
            catch (AuditRejectedException)
            {
                break;
            }
        }

        using StreamContent content = new StreamContent(server.Options).Read();
        Assert.HasCount(taken, content.Records);
        Assert.IsLessThan(401, taken);
    }

    [TestMethod]
    public async Task AWrongPasswordIsNamedAndARightOneWorksAfterwardsAsync()
    {
        using var folder = new TempFolder();
        using var server = new NatsServer("authorization { users: [{ user: shop, password: secret }, { user: narrow, password: secret, permissions: { publish: \"nothing\" } }] }", hasStream: false);
        AuditStreamOptions options = server.Options with { User = "shop", PasswordFile = folder.Write("password", "wrong\n"), Timeout = TimeSpan.FromSeconds(2) };

        await AssertRefusedAsync(options, $"{server.Node.Url}: the server refuses user shop or the password in {options.PasswordFile}. Correct them, or allow them in the configuration of the servers.");
        await AssertRefusedAsync(server.Options, $"{server.Node.Url}: the server refuses connections without credentials. Correct them, or allow them in the configuration of the servers.");

        folder.Write("password", "secret\n");
        NatsServer.Initialize(options);
        await StreamRecords.SendAsync(options, StreamRecords.Of("run", 1, 1));
        AuditStreamException failure = await Assert.ThrowsExactlyAsync<AuditStreamException>(() => StreamRecords.SendAsync(options with { User = "narrow" }, StreamRecords.Of("run", 2, 1)));
        StringAssert.Contains(failure.Message, "user narrow");
        StringAssert.Contains(failure.Message, "A writer needs publish: [\"audit.>\", \"$JS.API.STREAM.INFO.EZAUDIT\"]");
    }

    [TestMethod]
    public async Task TheRightsOfTheDocumentationAreEnoughAsync()
    {
        using var folder = new TempFolder();
        string users = Regex.Match(File.ReadAllText(Repository.PathOf("docs", "stream.md")), @"authorization \{.*?\n\}", RegexOptions.Singleline).Value;
        using var server = new NatsServer(users.Replace("\"...\"", "\"secret\"", StringComparison.Ordinal), hasStream: false);
        AuditStreamOptions options = server.Options with { PasswordFile = folder.Write("password", "secret") };

        NatsServer.Initialize(options with { User = "owner" });
        await StreamRecords.SendAsync(options with { User = "shop" }, StreamRecords.Of("run", 1, 10));
        using StreamContent content = new StreamContent(options with { User = "collector" }).Read();

        Assert.HasCount(10, content.Records);
    }

    [TestMethod]
    public async Task AnNKeySignsInAsync()
    {
        using var folder = new TempFolder();
        KeyPair key = KeyPair.CreatePair(PrefixByte.User);
        using var server = new NatsServer($"authorization {{ users: [{{ nkey: \"{key.GetPublicKey()}\" }}] }}", hasStream: false);
        AuditStreamOptions options = server.Options with { NKeyFile = folder.Write("shop.nk", key.GetSeed()) };

        NatsServer.Initialize(options);

        await StreamRecords.SendAsync(options, StreamRecords.Of("run", 1, 1));
        AuditStreamOptions wrong = options with { NKeyFile = folder.Write("other.nk", KeyPair.CreatePair(PrefixByte.User).GetSeed()) };
        await AssertRefusedAsync(wrong, $"{server.Node.Url}: the server refuses the NKey in {wrong.NKeyFile}. Correct them, or allow them in the configuration of the servers.");
    }

    [TestMethod]
    public async Task ATokenSignsInAsync()
    {
        using var folder = new TempFolder();
        using var server = new NatsServer("authorization { token: \"s3cret\" }", hasStream: false);
        AuditStreamOptions options = server.Options with { TokenFile = folder.Write("token", "s3cret\n") };

        NatsServer.Initialize(options);

        await StreamRecords.SendAsync(options, StreamRecords.Of("run", 1, 1));
    }

    [TestMethod]
    public async Task OnlyAServerThatProvesItsIdentityGetsRecordsAsync()
    {
        using var folder = new TempFolder();
        WriteCertificate(folder, "server", "localhost");
        WriteCertificate(folder, "client", "shop");
        WriteCertificate(folder, "other", "localhost");
        using var server = new NatsServer($"tls {{ cert_file: \"{folder["server.pem"]}\", key_file: \"{folder["server.key"]}\", ca_file: \"{folder["client.pem"]}\", verify: true }}", hasStream: false);
        string url = $"tls://localhost:{server.Node.Address.Split(':')[1]}";
        AuditStreamOptions right = server.Options with { Url = url, CaFile = folder["server.pem"], ClientCertificate = folder["client.pem"], ClientKey = folder["client.key"] };

        NatsServer.Initialize(right);
        await StreamRecords.SendAsync(right, StreamRecords.Of("run", 1, 1));

        AuditStreamException failure = await Assert.ThrowsExactlyAsync<AuditStreamException>(() => StreamRecords.SendAsync(right with { CaFile = folder["other.pem"] }, StreamRecords.Of("run", 2, 1)));
        StringAssert.StartsWith(failure.Message, $"{url}: the server did not prove its identity: ");
        failure = await Assert.ThrowsExactlyAsync<AuditStreamException>(
            () => StreamRecords.SendAsync(right with { ClientCertificate = null, ClientKey = null }, StreamRecords.Of("run", 2, 1)));
        StringAssert.StartsWith(failure.Message, url);
    }

    [TestMethod]
    public async Task AServerWithoutTlsGetsNothingWhereTlsIsWantedAsync()
    {
        using var server = new NatsServer();
        string url = server.Node.Url.Replace("nats://", "tls://", StringComparison.Ordinal);

        await AssertRefusedAsync(server.Options with { Url = url }, $"{url}: the server does not encrypt. Configure tls in it, or use nats:// in Url without CaFile and ClientCertificate.");
    }

    private static async Task AssertRefusedAsync(AuditStreamOptions options, string message)
    {
        AuditStreamException failure = await Assert.ThrowsExactlyAsync<AuditStreamException>(() => StreamRecords.SendAsync(options, StreamRecords.Of("run", 1, 1)));
        Assert.AreEqual(message, failure.Message);
    }

    private static void WriteCertificate(TempFolder folder, string name, string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2049, 1, 1, 0, 0, 0, TimeSpan.Zero));
        folder.Write($"{name}.pem", certificate.ExportCertificatePem());
        folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
    }
}
