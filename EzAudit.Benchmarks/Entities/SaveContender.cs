namespace EzAudit.Benchmarks.Entities;

/// <summary>What sits between the application and its database.</summary>
internal enum SaveContender
{
    /// <summary>Nothing.</summary>
    Without,

    /// <summary>A command interceptor that does nothing: the price of EF's interception itself.</summary>
    Interceptor,

    /// <summary>UseEzAudit, with settings that do not write changes.</summary>
    Off,

    /// <summary>UseEzAudit.</summary>
    Audit,

    /// <summary>UseEzAudit with its outbox.</summary>
    Outbox,
}
