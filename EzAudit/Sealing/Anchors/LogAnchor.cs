using EzAudit.Extensibility;

namespace EzAudit.Sealing.Anchors;

/// <summary>Writes checkpoints to the host's log, or to standard error where there is none.</summary>
/// <param name="tryLog">Logs one line; returns false if that failed.</param>
internal sealed class LogAnchor(Func<string, bool> tryLog) : IAuditAnchor
{
    public void Publish(AuditCheckpoint checkpoint)
    {
        if (!tryLog(checkpoint.Line)) throw new IOException("The application's log did not accept it.");
    }

    public void Dispose()
    {
    }
}
