using EzAudit.Records;

namespace EzAudit;

/// <summary>Who acts in the current flow, and from where. Flows with async calls; parallel flows do not see each other's.</summary>
public static class AuditContext
{
    private static readonly AsyncLocal<IAuditOrigin?> Flow = new();

    /// <summary>What <see cref="Use(IAuditOrigin)"/> said last in this flow, as it is now; <see langword="null"/> when nothing was said.</summary>
    public static AuditOrigin? Current => Flow.Value switch
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
        return Flowing<IAuditOrigin>.Begin(Flow, new AuditOrigin(actor, address, session, trace));
    }

    /// <summary>
    /// Says who can tell from now on who acts: the origin is asked for each record, so that it may answer otherwise once somebody has signed
    /// in. Until the result is disposed, which brings back what was said before.
    /// </summary>
    /// <param name="origin">Tells it; an <see cref="AuditOrigin"/> where it does not change.</param>
    public static IDisposable Use(IAuditOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return Flowing<IAuditOrigin>.Begin(Flow, origin);
    }

    /// <summary>Who can tell, not asked yet.</summary>
    internal static IAuditOrigin? Origin => Flow.Value;
}
