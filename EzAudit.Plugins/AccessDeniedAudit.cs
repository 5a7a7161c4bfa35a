using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>What somebody wanted and may not.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class AccessDeniedAudit
{
    /// <summary>A call of the API was refused.</summary>
    public static bool Api(string method, string path, string requiredPolicy, int status) =>
        AccessDeniedFunctions.Api.Write(method, path, requiredPolicy, status);

    /// <summary>A page was refused.</summary>
    public static bool Page(string path, string requiredPolicy, string? redirectedTo = null) =>
        AccessDeniedFunctions.Page.Write(path, requiredPolicy, redirectedTo);
}
