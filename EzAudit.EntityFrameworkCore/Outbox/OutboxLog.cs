using Microsoft.Extensions.Logging;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>The messages that the outbox writes to the host's log.</summary>
internal static partial class OutboxLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "The outbox of {Context} could not be moved to the audit log; it is tried again.")]
    public static partial void NotMoved(ILogger log, string context, Exception failure);
}
