using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records refused access.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class AccessDeniedAudit
{
    /// <summary>An API call was refused.</summary>
    public static bool Api(string method, string path, string requiredPolicy, int status) =>
        AccessDeniedFunctions.Api.Write(method, path, requiredPolicy, status);

    /// <summary>A page was refused.</summary>
    public static bool Page(string path, string requiredPolicy, string? redirectedTo = null) =>
        AccessDeniedFunctions.Page.Write(path, requiredPolicy, redirectedTo);
}
