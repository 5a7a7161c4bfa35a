using EzAudit.Records;

namespace EzAudit;

/// <summary>Who is acting in the current async flow, and from where. Flows with async calls; parallel flows do not see each other's context. Thread-safe.</summary>
public static class AuditContext
{
    // Both in one AsyncLocal, because each costs every request of a web server.
    private static readonly AsyncLocal<AmbientAudit?> Local = new();
    private static readonly IDisposable Outermost = new Restoration(null);

    /// <summary>The present values of the origin set last in this flow; <see langword="null"/> if none was set.</summary>
    public static AuditOrigin? Current => Origin switch
    {
        null => null,
        AuditOrigin known => known,
        { } origin => new AuditOrigin(origin.Actor, origin.Address, origin.Session, origin.Trace),
    };

    /// <summary>Sets who is acting, until the result is disposed, which restores the previous context.</summary>
    /// <param name="actor">Who is acting.</param>
    /// <param name="address">Where the request came from; if <see langword="null"/>, records have the name of this host.</param>
    /// <param name="session">The session id, if there is one.</param>
    /// <param name="trace">The trace id, if there is one.</param>
    public static IDisposable Use(AuditActor actor, string? address = null, string? session = null, string? trace = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Begin(null, new AuditOrigin(actor, address, session, trace));
    }

    /// <summary>
    /// Sets an origin that is queried for each record, so that its answer may change once somebody has signed in. Applies until the result is
    /// disposed, which restores the previous context.
    /// </summary>
    /// <param name="origin">The origin; use an <see cref="AuditOrigin"/> if it does not change.</param>
    /// <param name="writer">The writer that receives calls of <see cref="AuditTrail"/> meanwhile; <see langword="null"/> to leave it unchanged.</param>
    public static IDisposable Use(IAuditOrigin origin, AuditWriter? writer = null)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return Begin(writer, origin);
    }

    /// <summary>
    /// Sets a job as the actor until the result is disposed: a hosted service, a command or a gateway, with no user signed in. Its name is the
    /// login and <c>job</c> the id, so records show <c>nightly:job</c> where they show <c>admin:14</c> for a person.
    /// </summary>
    /// <param name="name">The name of the job.</param>
    public static IDisposable UseJob(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Use(new AuditActor(name, "job"));
    }

    /// <summary>The origin set last in this flow, not yet queried; <see langword="null"/> if none was set.</summary>
    public static IAuditOrigin? Origin => Local.Value?.Origin;

    /// <summary>Everything set in this flow; <see langword="null"/> if nothing was set.</summary>
    internal static AmbientAudit? Now => Local.Value;

    /// <summary>Adds to the context until the result is disposed; <see langword="null"/> leaves a part as it is.</summary>
    internal static IDisposable Begin(AuditWriter? writer, IAuditOrigin? origin)
    {
        AmbientAudit? before = Local.Value;
        Local.Value = new AmbientAudit(writer ?? before?.Writer, origin ?? before?.Origin);
        // If there was no context before, a shared object restores it, so nothing is allocated for that.
        return before is null ? Outermost : new Restoration(before);
    }

    private sealed class Restoration(AmbientAudit? before) : IDisposable
    {
        public void Dispose() => Local.Value = before;
    }
}

/// <summary>What is set in an async flow.</summary>
/// <param name="Writer">The writer set last; <see langword="null"/> if none was set.</param>
/// <param name="Origin">The origin set last, not yet queried; <see langword="null"/> if none was set.</param>
internal sealed record AmbientAudit(AuditWriter? Writer, IAuditOrigin? Origin);
