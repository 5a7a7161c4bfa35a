using Microsoft.Extensions.Logging;

namespace EzAudit.Composition;

/// <summary>What goes to the host's log, category <c>EzAudit</c>.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Message}")]
    public static partial void Trouble(ILogger logger, string message);
}
