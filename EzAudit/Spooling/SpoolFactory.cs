using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Spooling;

/// <summary>Gives the senders of one reading of the settings their spools.</summary>
/// <param name="definitions">Finds the definition of a function.</param>
/// <param name="observe">Returns the observer of the target with a name.</param>
/// <param name="time">The clock.</param>
internal sealed class SpoolFactory(Func<string, AuditFunction> definitions, Func<string, ISpoolObserver> observe, TimeProvider time) : ISpoolFactory
{
    /// <summary>The directory, relative to the root, with the spools of targets.</summary>
    public static string TargetSpools { get; } = Path.Combine("var", "spool", "audit");

    /// <summary>The directory, relative to the root, with the spools of anchors: what one run leaves is sent by the next one that uses the same directory, to its own receiver.</summary>
    public static string AnchorSpools { get; } = Path.Combine("var", "spool", "anchors");

    public IAuditTarget OpenTarget(AuditComponentSettings settings, AuditSenderType type)
    {
        SpoolSettings spool = SpoolSettings.Read(settings, type.Options, Path.Combine(TargetSpools, settings.Name));
        return CreateSender(settings, type) is { } sender ? Open(sender, new SendingContext(spool, definitions, observe(settings.Name))) : new TrialTarget();
    }

    public IAuditAnchor OpenAnchor(AuditComponentSettings settings, AuditSenderType type)
    {
        SpoolSettings spool = SpoolSettings.Read(settings, type.Options, Path.Combine(AnchorSpools, settings.Name)) with { ReportsTrouble = false };
        if (CreateSender(settings, type) is not { } sender) return new TrialAnchor();
        var context = new SendingContext(spool, name => name == SpoolAnchor.Function.Name ? SpoolAnchor.Function : definitions(name), NoObserver.Instance);
        return new SpoolAnchor(Open(sender, context), time);
    }

    // Null if the settings are only checked.
    private static IAuditSender? CreateSender(AuditComponentSettings settings, AuditSenderType type)
    {
        IAuditSender sender = type.Create(settings);
        if (!settings.IsTrial) return sender;
        sender.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return null;
    }

    private static SpoolTarget Open(IAuditSender sender, SendingContext context)
    {
        try
        {
            return new SpoolTarget(sender, context);
        }
        catch
        {
            sender.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }
}

/// <summary>Observes nothing.</summary>
internal sealed class NoObserver : ISpoolObserver
{
    public static NoObserver Instance { get; } = new();

    public void Sent(long records, TimeSpan duration, bool failed)
    {
    }

    public void Refused(string function, DateTimeOffset time, string reason)
    {
    }
}
