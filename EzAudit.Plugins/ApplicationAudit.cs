using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Calls between applications, and what runs without a request.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class ApplicationAudit
{
    /// <summary>A service was called.</summary>
    public static bool Call(string resource, string operation, TimeSpan duration, string status) =>
        ApplicationFunctions.Call.Write(resource, operation, duration, status);

    /// <summary>A job, a command or a mail gateway read something.</summary>
    public static bool JobAccess(string job, string actor, IEnumerable<string> ids) =>
        ApplicationFunctions.JobAccess.Write(job, actor, FieldValue.List(ids));

    /// <summary>A job ran.</summary>
    public static bool JobRun(string job, string trigger, string result, TimeSpan duration) =>
        ApplicationFunctions.JobRun.Write(job, trigger, result, duration);
}
