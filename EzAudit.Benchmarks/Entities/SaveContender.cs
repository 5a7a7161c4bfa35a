namespace EzAudit.Benchmarks.Entities;

/// <summary>What stands between the application and its database.</summary>
internal enum SaveContender
{
    /// <summary>Nothing.</summary>
    Without,

    /// <summary>An interceptor of commands that does nothing: what EF itself takes for one.</summary>
    Interceptor,

    /// <summary>UseEzAudit, but the settings do not write the changes.</summary>
    Off,

    /// <summary>UseEzAudit.</summary>
    Audit,

    /// <summary>UseEzAudit with its outbox.</summary>
    Outbox,
}
