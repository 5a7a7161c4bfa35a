using EzAudit.Records;
using EzAudit.Syslog;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog;

/// <summary>A site whose functions go to a file and to the syslog target <c>log</c>.</summary>
internal static class SyslogSite
{
    /// <param name="target">Lines of the section <c>[Target-log]</c>.</param>
    /// <param name="durability">The durability of all functions.</param>
    /// <param name="targets">The targets of all functions.</param>
    public static AuditSite Make(string target, string durability = "os", params string[] targets)
    {
        string lines = string.Concat((targets.Length == 0 ? ["file", "log"] : targets).Select(name => $"Targets[]={name}\n"));
        return new AuditSite(
            $"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n{lines}[Target-log]\nType=syslog\n{target}", builder => builder.AddPlugin(new SyslogPlugin()));
    }

    public static AuditTargetHealth Health(AuditSite site) => site.Writer.Health.Targets.Single(target => target.Target == "log");
}
