namespace EzAudit.Tests.Syslog.Sending;

/// <summary>The transports with syslog-ng.</summary>
[TestClass]
public sealed class SyslogNgTransportTests : SyslogTransportContract
{
    internal override string AuditFacility => "security";

    internal override string Seconds => "58";

    internal override ISyslogServer Open(TlsFiles tls) => new SyslogNgServer(tls);
}
