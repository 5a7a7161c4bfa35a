using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records calls between applications, and work that runs without a request.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class ApplicationAudit
{
    /// <summary>The definition of <c>application-call</c>.</summary>
    public static AuditFunction CallFunction => ApplicationFunctions.Call;

    /// <summary>A service was called.</summary>
    public static bool Call(string resource, string operation, TimeSpan duration, string status) =>
        ApplicationFunctions.Call.Write(resource, operation, duration, status);

    /// <summary>A job, command or mail gateway read data.</summary>
    public static bool JobAccess(string job, string actor, IEnumerable<string> ids) =>
        ApplicationFunctions.JobAccess.Write(job, actor, FieldValue.List(ids));

    /// <summary>A job ran.</summary>
    public static bool JobRun(string job, string trigger, string result, TimeSpan duration) =>
        ApplicationFunctions.JobRun.Write(job, trigger, result, duration);
}
