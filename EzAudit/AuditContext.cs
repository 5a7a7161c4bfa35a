using EzAudit.Records;

namespace EzAudit;

/// <summary>Who is acting in the current async flow, and from where. Flows with async calls; parallel flows do not see each other's context. Thread-safe.</summary>
public static class AuditContext
{
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
        return Flow.Begin(null, new AuditOrigin(actor, address, session, trace));
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
        return Flow.Begin(writer, origin);
    }

    /// <summary>
    /// Sets a job as the actor until the result is disposed: a hosted service, a command or a gateway that nobody signed in to. Its name is the
    /// login and <c>job</c> the id, so records show <c>nightly:job</c> where they show <c>admin:14</c> for a person.
    /// </summary>
    /// <param name="name">The name of the job.</param>
    public static IDisposable UseJob(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Use(new AuditActor(name, "job"));
    }

    /// <summary>The origin set last in this flow, not yet queried; <see langword="null"/> if none was set.</summary>
    public static IAuditOrigin? Origin => Flow.Now?.Origin;
}

/// <summary>The context of the current async flow: its writer and its origin. Both in one AsyncLocal, because each costs every request of a web server.</summary>
/// <param name="Writer">The writer; <see langword="null"/> if none was set.</param>
/// <param name="Origin">Who is acting; <see langword="null"/> if it was not set.</param>
internal sealed record Flow(AuditWriter? Writer, IAuditOrigin? Origin)
{
    private static readonly AsyncLocal<Flow?> Local = new();
    private static readonly IDisposable Outermost = new Earlier(null);

    public static Flow? Now => Local.Value;

    /// <summary>Adds to the context until the result is disposed.</summary>
    /// <remarks>If there was no context before, a shared object restores it, so nothing is allocated for that.</remarks>
    public static IDisposable Begin(AuditWriter? writer, IAuditOrigin? origin)
    {
        Flow? before = Local.Value;
        Local.Value = new Flow(writer ?? before?.Writer, origin ?? before?.Origin);
        return before is null ? Outermost : new Earlier(before);
    }

    private sealed class Earlier(Flow? flow) : IDisposable
    {
        public void Dispose() => Local.Value = flow;
    }
}
