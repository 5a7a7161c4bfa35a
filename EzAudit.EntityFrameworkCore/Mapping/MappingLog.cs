using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>The messages that entity mappings write to the application's log.</summary>
internal static partial class MappingLog
{
    public static void Unreadable(DbContext context, string function, Exception failure)
    {
        try
        {
            Unreadable(context.GetService<ILoggerFactory>().CreateLogger("EzAudit"), function, context.GetType().Name, failure);
        }
        catch (Exception)
        {
            // The record contains the error too, and a log that fails must not make the save fail.
        }
    }

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Error,
        Message = "Could not read the fields of {Function} for a change in {Context}; its record contains the error. Logged once for each kind of failure.")]
    private static partial void Unreadable(ILogger log, string function, string context, Exception failure);
}
