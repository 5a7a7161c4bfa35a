namespace EzAudit.Tests.Syslog.Sending;

/// <summary>The transports with rsyslogd.</summary>
[TestClass]
public sealed class SyslogTransportTests : SyslogTransportContract
{
    internal override string AuditFacility => "audit";

    internal override string Seconds => "58.000000";

    internal override ISyslogServer Open(TlsFiles tls) => new SyslogServer(tls);
}
