using EzAudit.Extensibility;

namespace EzAudit.Plugins;

/// <summary>The plugins of this assembly, for tools that show what could be chosen; audit.ini names the assembly instead.</summary>
public static class BuiltInPlugins
{
    /// <summary>New ones, all of them.</summary>
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
    ];
}
