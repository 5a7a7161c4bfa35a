using EzAudit.Records;
using Microsoft.Extensions.Logging;

namespace EzAudit.Composition;

/// <summary>What goes to the host's log, category <c>EzAudit</c>: a message for people, and its parts as named values for those who search.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "Trouble", Message = "{Message}")]
    public static partial void Trouble(ILogger logger, LogLevel level, string message);

    // The message says all of it for people already.
#pragma warning disable SYSLIB1015
    [LoggerMessage(EventId = 2, EventName = "WriteFailed", Message = "{Message}")]
    public static partial void WriteFailed(ILogger logger, LogLevel level, string message, string target, string function, string? file, AuditWriteStage stage, string? errno);

    [LoggerMessage(EventId = 3, EventName = "SettingsProblem", Message = "{Message}")]
    public static partial void SettingsProblem(ILogger logger, LogLevel level, string message, string file, int line);
#pragma warning restore SYSLIB1015
}
