using EzAudit.Records;

namespace EzAudit;

/// <summary>Who acts in the current flow, and from where. Flows with async calls; parallel flows do not see each other's.</summary>
public static class AuditContext
{
    private static readonly AsyncLocal<AuditOrigin?> Flow = new();

    /// <summary>What <see cref="Use"/> said last in this flow; <see langword="null"/> when nothing was said.</summary>
    public static AuditOrigin? Current => Flow.Value;

    /// <summary>Says who acts from now on, until the result is disposed, which brings back what was said before.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="address">Where the request came from; <see langword="null"/> for the name of this host.</param>
    /// <param name="session">The session id, where there is one.</param>
    /// <param name="trace">The trace id, where there is one.</param>
    public static IDisposable Use(AuditActor actor, string? address = null, string? session = null, string? trace = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Flowing<AuditOrigin>.Begin(Flow, new AuditOrigin(actor, address, session, trace));
    }
}
