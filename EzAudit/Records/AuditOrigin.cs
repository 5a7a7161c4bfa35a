namespace EzAudit.Records;

/// <summary>Who acted and from where: what a record contains in addition to its fields. Immutable; compared by value.</summary>
public sealed record AuditOrigin : IAuditOrigin
{
    /// <summary>Initializes an origin.</summary>
    /// <param name="actor">Who acted; <see langword="null"/> if unknown, which is written as <c>anonymous</c>.</param>
    /// <param name="address">Where the request came from; if <see langword="null"/>, records have the name of this host.</param>
    /// <param name="session">The session id, if there is one.</param>
    /// <param name="trace">The trace id, if there is one.</param>
    public AuditOrigin(AuditActor? actor, string? address = null, string? session = null, string? trace = null)
    {
        Actor = actor;
        Address = address;
        Session = session;
        Trace = trace;
    }

    /// <inheritdoc/>
    public AuditActor? Actor { get; init; }

    /// <inheritdoc/>
    public string? Address { get; init; }

    /// <inheritdoc/>
    public string? Session { get; init; }

    /// <inheritdoc/>
    public string? Trace { get; init; }
}

/// <summary>Who is acting and from where, as known when a record is written: every property is read for each record.</summary>
/// <remarks>
/// Must be thread-safe, and may be read by work that outlives the request it describes. If a property throws, no record is lost: the value counts
/// as unknown, and the problem is reported.
/// </remarks>
public interface IAuditOrigin
{
    /// <summary>Who is acting; <see langword="null"/> if unknown, which is written as <c>anonymous</c>.</summary>
    AuditActor? Actor { get; }

    /// <summary>Where the request came from; if <see langword="null"/>, records have the name of this host.</summary>
    string? Address { get; }

    /// <summary>The session id, if there is one.</summary>
    string? Session { get; }

    /// <summary>The trace id, if there is one.</summary>
    string? Trace { get; }
}

/// <summary>Who acted: the login that people see, and the id that stays the same when the login changes.</summary>
/// <param name="Login">The login name, as the application knows it; any text.</param>
/// <param name="Id">The stable id; any text.</param>
public sealed record AuditActor(string Login, string Id);
