using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog.Sending;

/// <summary>Which servers the target trusts: one that does not prove its name receives nothing, the reason is reported, and records wait.</summary>
[TestClass]
public sealed class SyslogTlsTests
{
    [TestMethod]
    public void AServerThatClosesAtTheEndOfTheEncryptedStreamIsNoProblem()
    {
        using var tls = new TlsFiles();
        using var server = new SyslogNgServer(tls);
        server.Start();
        using AuditSite site = SyslogSite.Make($"Host=localhost\nPort={server.TlsPort}\nCaFile={tls.CaFile}\n");
        for (int i = 0; i < 100; i++)
        {
            Assert.IsTrue(site.Writer.WriteAudit("user-login", ("Id", i)));
            site.Writer.Flush();
        }
        Assert.HasCount(100, server.Wait(100));
        Assert.IsNull(SyslogSite.Health(site).LastError);
    }

    [TestMethod]
    [Fault(77)]
    [DataRow("localhost", 0, false, "CaFile", "NotTimeValid")]
    [DataRow("other.example", 30, false, "CaFile", "its certificate is for another name (CN=other.example)")]
    [DataRow("localhost", 30, true, "CaFile", "UntrustedRoot")]
    [DataRow("localhost", 30, false, "", "UntrustedRoot")]
    public void AServerThatIsNotWhoItShouldBeGetsNothing(string name, int days, bool selfSigned, string caKey, string reason)
    {
        using var tls = new TlsFiles(name, days, selfSigned);
        using var server = new SyslogServer(tls);
        server.Start();
        string ca = caKey.Length == 0 ? "" : $"{caKey}={tls.CaFile}\n";
        using AuditSite site = SyslogSite.Make($"Host=localhost\nPort={server.TlsPort}\n{ca}");

        AssertRefused(site, reason);
        Assert.IsEmpty(server.Received());
    }

    [TestMethod]
    [Fault(77)]
    public void AnOldTlsIsRefused()
    {
        using var tls = new TlsFiles();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile);
        Task server = Task.Run(async () =>
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await using var stream = new SslStream(client.GetStream());
#pragma warning disable SYSLIB0039, CA5397 // That it is old is the point.
                var options = new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.Tls };
#pragma warning restore SYSLIB0039, CA5397
                try
                {
                    await stream.AuthenticateAsServerAsync(options);
                    Assert.Fail("A handshake with TLS 1.0 succeeded.");
                }
                catch (Exception refused) when (refused is AuthenticationException or IOException)
                {
                    // The next attempt must be refused too.
                }
            }
        });
        using AuditSite site = SyslogSite.Make($"Host=localhost\nPort={((IPEndPoint)listener.LocalEndpoint).Port}\nCaFile={tls.CaFile}\n");

        AssertRefused(site, "the server did not prove that it is \"localhost\": ");
        Assert.IsFalse(server.IsCompleted);
    }

    [TestMethod]
    public void WaitingRecordsAreSentOnceTheServerHasItsCertificate()
    {
        using var wrong = new TlsFiles("other.example");
        using var server = new SyslogServer(wrong);
        server.Start();
        using AuditSite site = SyslogSite.Make($"Host=localhost\nPort={server.TlsPort}\nTlsName=loghost.example\nCaFile={wrong.CaFile}\n");
        AssertRefused(site, "its certificate is for another name (CN=other.example)");
        server.Stop();

        using var right = new TlsFiles("loghost.example");
        File.Copy(right.CaFile, wrong.CaFile, overwrite: true);
        File.Copy(right.CertificateFile, wrong.CertificateFile, overwrite: true);
        File.Copy(right.KeyFile, wrong.KeyFile, overwrite: true);
        server.Start();

        Assert.AreEqual("14", server.Wait(1).Single().Parameter("User_id"));
    }

    [TestMethod]
    public void AServerThatRequiresACertificateSeesOurs()
    {
        using var tls = new TlsFiles { DemandsClient = true };
        using var server = new SyslogServer(tls);
        server.Start();
        using AuditSite site = SyslogSite.Make($"Host=localhost\nPort={server.TlsPort}\nCaFile={tls.CaFile}\nClientCertificate={tls.ClientCertificateFile}\nClientKey={tls.ClientKeyFile}\n");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));
        Assert.AreEqual("14", server.Wait(1).Single().Parameter("User_id"));
    }

    [TestMethod]
    public void AServerThatRequiresACertificateGetsNothingWithoutOne()
    {
        using var tls = new TlsFiles { DemandsClient = true };
        using var server = new SyslogServer(tls);
        server.Start();
        using AuditSite site = SyslogSite.Make($"Host=localhost\nPort={server.TlsPort}\nCaFile={tls.CaFile}\n");
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));
        Until.True(() => SyslogSite.Health(site).LastError is not null, "the refusal is reported");
        Assert.IsGreaterThan(0, SyslogSite.Health(site).QueuedBytes);
        Assert.IsEmpty(server.Received());
    }

    private static void AssertRefused(AuditSite site, string reason)
    {
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("User id", 14)));
        Until.True(() => SyslogSite.Health(site).LastError is not null, "the refusal is reported");
        AuditTargetHealth health = SyslogSite.Health(site);
        Assert.AreEqual(AuditHealthState.Degraded, health.State);
        Assert.Contains(reason, health.LastError!);
        Assert.IsGreaterThan(0, health.QueuedBytes);
        Assert.HasCount(1, site.Records("login.log"));
    }
}
