using Microsoft.Extensions.Logging;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>The messages that the outbox writes to the host's log.</summary>
internal static partial class OutboxLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Could not move the outbox of {Context} to the audit log. Trying again.")]
    public static partial void NotMoved(ILogger log, string context, Exception failure);
}
