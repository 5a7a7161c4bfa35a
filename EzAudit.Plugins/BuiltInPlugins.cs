using EzAudit.Extensibility;

namespace EzAudit.Plugins;

/// <summary>The plugins of this assembly, for tools that list what is available; audit.ini names the assembly instead.</summary>
public static class BuiltInPlugins
{
    /// <summary>Creates all of them.</summary>
    public static IReadOnlyList<IAuditPlugin> Create() =>
    [
        new EzPublishPlugin(),
        new AuthenticationPlugin(),
        new AccountPlugin(),
        new AccessPlugin(),
        new RecordPlugin(),
        new ContentPlugin(),
        new OperationPlugin(),
        new DataPlugin(),
        new AuditTrailPlugin(),
        new OutputPlugin(),
    ];
}
