using EzAudit.Extensibility;
using EzAudit.Plugins.Targets;

namespace EzAudit.Plugins;

/// <summary>Adds the target types <c>console</c>, which writes records to standard output, and <c>webhook</c>, which posts them to a URL through a spool on disk.</summary>
public sealed class OutputPlugin : IAuditPlugin
{
    private const string Json = "json";

    // A request costs a round trip, so it waits for company longer than most.
    private static readonly AuditSenderOptions Webhook = new() { Limits = new AuditBatchLimits(Records: 500, Bytes: 512 << 10, Age: TimeSpan.FromMilliseconds(500)), Format = Json };

    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddTarget("console", [], _ => new ConsoleTarget(ConsoleTarget.OpenStandardOutput()), Json)
            .AddSender("webhook", WebhookSettings.Keys, settings => new WebhookSender(WebhookSettings.Read(settings), TimeProvider.System), Webhook);
    }
}
