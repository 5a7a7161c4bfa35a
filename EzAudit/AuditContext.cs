using EzAudit.Records;

namespace EzAudit;

/// <summary>Who acts in the current flow, and from where. Flows with async calls; parallel flows do not see each other's.</summary>
public static class AuditContext
{
    /// <summary>What <c>Use</c> said last in this flow, as it is now; <see langword="null"/> when nothing was said.</summary>
    public static AuditOrigin? Current => Origin switch
    {
        null => null,
        AuditOrigin known => known,
        { } origin => new AuditOrigin(origin.Actor, origin.Address, origin.Session, origin.Trace),
    };

    /// <summary>Says who acts from now on, until the result is disposed, which brings back what was said before.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="address">Where the request came from; <see langword="null"/> for the name of this host.</param>
    /// <param name="session">The session id, where there is one.</param>
    /// <param name="trace">The trace id, where there is one.</param>
    public static IDisposable Use(AuditActor actor, string? address = null, string? session = null, string? trace = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Flow.Begin(null, new AuditOrigin(actor, address, session, trace));
    }

    /// <summary>
    /// Says who can tell from now on who acts: the origin is asked for each record, so that it may answer otherwise once somebody has signed
    /// in. Until the result is disposed, which brings back what was said before.
    /// </summary>
    /// <param name="origin">Tells it; an <see cref="AuditOrigin"/> where it does not change.</param>
    /// <param name="writer">Where calls of <see cref="AuditTrail"/> go meanwhile; <see langword="null"/> for where they went before.</param>
    public static IDisposable Use(IAuditOrigin origin, AuditWriter? writer = null)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return Flow.Begin(writer, origin);
    }

    /// <summary>
    /// Says that a job acts from now on, until the result is disposed: a hosted service, a command, a gateway, for which nobody signed in. Its
    /// name is the login, and <c>job</c> is the id, so that it stands as <c>nightly:job</c> where a person stands as <c>admin:14</c>.
    /// </summary>
    /// <param name="name">What the job is called.</param>
    public static IDisposable UseJob(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Use(new AuditActor(name, "job"));
    }

    /// <summary>What <c>Use</c> was given last in this flow, not asked yet; <see langword="null"/> when nothing was said.</summary>
    public static IAuditOrigin? Origin => Flow.Now?.Origin;
}

/// <summary>What the current async flow is told: where its records go, and who acts. Both in one, because each costs every request of a web server.</summary>
/// <param name="Writer">Where records go; <see langword="null"/> where nobody said so.</param>
/// <param name="Origin">Who acts; <see langword="null"/> where nobody said so.</param>
internal sealed record Flow(AuditWriter? Writer, IAuditOrigin? Origin)
{
    private static readonly AsyncLocal<Flow?> Local = new();
    private static readonly IDisposable Outermost = new Earlier(null);

    public static Flow? Now => Local.Value;

    /// <summary>Says more than before, until the result is disposed.</summary>
    /// <remarks>Where nothing was said before, nothing need be remembered.</remarks>
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
