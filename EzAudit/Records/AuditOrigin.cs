namespace EzAudit.Records;

/// <summary>Who did it and from where: what a record says beside its fields.</summary>
/// <param name="Actor">Who did it; <see langword="null"/> for nobody known, which is written as <c>anonymous</c>.</param>
/// <param name="Address">Where the request came from; <see langword="null"/> for the name of this host.</param>
/// <param name="Session">The session id, where there is one.</param>
/// <param name="Trace">The trace id, where there is one.</param>
public sealed record AuditOrigin(AuditActor? Actor, string? Address = null, string? Session = null, string? Trace = null) : IAuditOrigin;

/// <summary>Who acts and from where, as it is known at the moment when a record is written: each property is asked for each record.</summary>
/// <remarks>
/// May be asked by several threads at once, and by work that outlives what it tells of. A property that throws loses no record: it counts as
/// unknown, and the trouble is reported.
/// </remarks>
public interface IAuditOrigin
{
    /// <summary>Who acts; <see langword="null"/> for nobody known, which is written as <c>anonymous</c>.</summary>
    AuditActor? Actor { get; }

    /// <summary>Where the request came from; <see langword="null"/> for the name of this host.</summary>
    string? Address { get; }

    /// <summary>The session id, where there is one.</summary>
    string? Session { get; }

    /// <summary>The trace id, where there is one.</summary>
    string? Trace { get; }
}
