using System.Text;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog;

/// <summary>Sends checkpoints to a syslog server, each as one message, through a spool on disk like that of the target.</summary>
internal sealed class SyslogAnchor(SyslogSettings settings, TimeProvider time) : IAuditAnchor
{
    private static readonly AuditFunction Function = new() { Name = "audit-checkpoint", Severity = AuditSeverity.Notice };

    private readonly SyslogTarget _target = new(settings);

    /// <summary>The keys of its section: those of a target, without what depends on the function.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. SyslogSettings.Keys.Except(["Facilities", "Severities", "Levels"])];

    public string? Trouble => _target.Trouble;

    public static SyslogSettings Read(AuditComponentSettings settings) =>
        // A spool of its own: what one run leaves is sent by the next one that uses the same directory, to its own server.
        SyslogSettings.Read(settings, Path.Combine("var", "spool", "anchors", settings.Name)) with { ReportsTrouble = false };

    public void Publish(AuditCheckpoint checkpoint) => _target.Write(
        new AuditRecordView(Function, time.GetUtcNow(), "", new AuditActor("", ""), []), Encoding.UTF8.GetBytes(checkpoint.Line), AuditDurability.Disk);

    public void Dispose() => _target.Dispose();
}

/// <summary>Stands in for an anchor when settings are only checked, and leaves nothing behind.</summary>
internal sealed class TrialAnchor : IAuditAnchor
{
    public void Publish(AuditCheckpoint checkpoint) => throw new InvalidOperationException("This anchor only checks settings and cannot publish checkpoints.");

    public void Dispose()
    {
    }
}
