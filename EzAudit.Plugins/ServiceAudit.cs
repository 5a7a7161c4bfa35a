using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records the life of services.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class ServiceAudit
{
    /// <summary>A service started.</summary>
    public static bool Start(string service, string version, string? address = null) =>
        ServiceFunctions.Start.Write(service, version, address);

    /// <summary>A service stopped.</summary>
    public static bool Stop(string service, string version, string reason, string? address = null) =>
        ServiceFunctions.Stop.Write(service, version, address, reason);

    /// <summary>A service failed.</summary>
    public static bool Error(string service, string version, string reason, string? address = null) =>
        ServiceFunctions.Error.Write(service, version, address, reason);
}
