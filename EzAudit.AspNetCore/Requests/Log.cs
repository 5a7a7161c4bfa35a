using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Messages for the host's log, category <c>EzAudit</c>.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 10, Level = LogLevel.Error, Message = "{Method} {Path}: the request could not be recorded, so it was refused with 503")]
    public static partial void Refused(ILogger logger, string method, string path, Exception? failure);

    [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "{Method} {Path}: the request could not be recorded")]
    public static partial void Unrecorded(ILogger logger, string method, string path, Exception? failure);

    [LoggerMessage(EventId = 12, Level = LogLevel.Error, Message = "{Method} {Path}: the request failed, and could not be recorded either")]
    public static partial void Failed(ILogger logger, string method, string path, Exception? failure);
}
