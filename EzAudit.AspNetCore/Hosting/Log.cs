using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Hosting;

/// <summary>Messages for the host's log, category <c>EzAudit</c>.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 20, Level = LogLevel.Error, Message = "The end of service {Service} could not be recorded.")]
    public static partial void LifeUnrecorded(ILogger logger, string service, Exception failure);
}
