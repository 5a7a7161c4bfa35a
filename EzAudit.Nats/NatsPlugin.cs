using EzAudit.Extensibility;
using EzAudit.Nats.Sending;
using EzAudit.Nats.Settings;

namespace EzAudit.Nats;

/// <summary>Adds the target type <c>nats</c>, which publishes records to a replicated stream of NATS JetStream through a spool on disk, and an anchor that publishes checkpoints the same way.</summary>
public sealed class NatsPlugin : IAuditPlugin
{
    // What is there is sent at once: gathering gains nothing for messages that are published one by one.
    private static readonly AuditSenderOptions Options = new()
    {
        Limits = new AuditBatchLimits(Records: 10_000, Bytes: 8 << 20, Age: TimeSpan.Zero),
        Format = "classic",
    };

    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddSender("nats", StreamSettings.Keys, settings => new NatsSender(StreamSettings.Read(settings), areCheckpoints: false), Options)
            .AddAnchorSender("nats", StreamSettings.Keys, settings => new NatsSender(StreamSettings.Read(settings), areCheckpoints: true), Options);
    }
}
