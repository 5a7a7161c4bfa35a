using EzAudit.Extensibility;
using EzAudit.Syslog;
using EzAudit.Syslog.Settings;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog.Settings;

/// <summary>The settings of a syslog target.</summary>
[TestClass]
public sealed class SyslogSettingsTests
{
    [TestMethod]
    [DataRow("Transport=quic", "Transport=quic", "udp, tcp, tls or unix")]
    [DataRow("Transport=udp", "Host=", "the server's name or address")]
    [DataRow("Transport=unix\nHost=x", "Host=x", "it only with Transport=udp, tcp or tls")]
    [DataRow("Transport=tcp\nHost=x\nPath=/dev/log", "Path=/dev/log", "it only with Transport=unix")]
    [DataRow("Transport=udp\nHost=x\nFraming=lf", "Framing=lf", "it only with Transport=tcp or tls")]
    [DataRow("Transport=tcp\nHost=x\nCaFile=ca.pem", "CaFile=ca.pem", "it only with Transport=tls")]
    [DataRow("Host=x\nClientKey=settings/audit.ini", "ClientCertificate=", "the certificate of ClientKey, a PEM file")]
    [DataRow("Host=x\nPort=0", "Port=0", "a number from 1 to 65535")]
    [DataRow("Host=x\nFrame=rfc5425", "Frame=rfc5425", "bare, rfc3164 or rfc5424")]
    [DataRow("Host=x\nFraming=crlf", "Framing=crlf", "octet or lf")]
    [DataRow("Host=x\nFacility=local8", "Facility=local8", "a facility such as audit, auth, authpriv, user, daemon or local0 to local7")]
    [DataRow("Host=x\nSeverity=Info", "Severity=Info", "emergency, alert, critical, error, warning, notice, info or debug")]
    [DataRow("Host=x\nFacilities[user-login]=13", "Facilities[user-login]=13", "a facility such as audit, auth, authpriv, user, daemon or local0 to local7")]
    [DataRow("Host=x\nSeverities[user-login]=loud", "Severities[user-login]=loud", "emergency, alert, critical, error, warning, notice, info or debug")]
    [DataRow("Host=x\nSeverities=loud", "Severities=loud", "an array: Severities[FUNCTION]=VALUE")]
    [DataRow("Host=x\nTag=a b", "Tag=a b", "1 to 48 visible ASCII characters without a colon, in which {FIELD} stands for a field and {function} for the function")]
    [DataRow("Host=x\nTag={a", "Tag={a", "1 to 48 visible ASCII characters without a colon, in which {FIELD} stands for a field and {function} for the function")]
    [DataRow("Host=x\nHostName=a b", "HostName=a b", "1 to 64 visible ASCII characters")]
    [DataRow("Host=x\nEnterpriseId=me", "EnterpriseId=me", "a private enterprise number")]
    [DataRow("Host=x\nMaxBytes=100", "MaxBytes=100", "a size from 1KiB to 1MiB, such as 8KiB")]
    [DataRow("Host=x\nSpool=1KiB", "Spool=1KiB", "a size from 1MiB to 1024GiB, such as 256MiB")]
    [DataRow("Host=x\nTimeout=1", "Timeout=1", "a number from 2 to 3600")]
    [DataRow("Host=x\nWindow=0", "Window=0", "a size from 4KiB to 64MiB, such as 64KiB")]
    public void ABadValueIsRefusedWithItsPlace(string lines, string found, string expected)
    {
        using AuditSite site = SyslogSite.Make(lines + "\n");
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        string problem = failure.Problems.Single().ToString();
        Assert.EndsWith($": found {found}, expected {expected}", problem);
        Assert.StartsWith("settings/audit.ini:", problem);
    }

    [TestMethod]
    public void AMissingFileIsRefused()
    {
        using AuditSite site = SyslogSite.Make("Host=x\nCaFile=no.pem\n");
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual($"settings/audit.ini:13: found CaFile=no.pem, expected a PEM file; there is none at {site.Root["no.pem"]}", failure.Problems.Single().ToString());
    }

    [TestMethod]
    public void ACheckOfTheSettingsLeavesNothingBehind()
    {
        using AuditSite site = SyslogSite.Make("Host=loghost\n");
        AuditInspection inspection = AuditInspection.Of(site.Root.Path, plugins: [new SyslogPlugin()]);
        Assert.IsTrue(inspection.CanStart);
        Assert.IsFalse(Directory.Exists(site.Root["var/spool"]));
    }

    [TestMethod]
    public void NoMoreThanTheServersNameIsNeeded()
    {
        var settings = SyslogSettings.Read(new AuditComponentSettings("log", new Dictionary<string, string> { ["Host"] = "loghost" }) { Root = "/app" });
        Assert.AreEqual((SyslogTransport.Tls, 6514, SyslogFrame.Rfc5424), (settings.Transport, settings.Port, settings.Frame));
        Assert.AreEqual("loghost", settings.Tls.Name);
    }
}
