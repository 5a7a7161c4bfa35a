using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>What the mappings of entities tell the application's log.</summary>
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
            // The record says it as well; a log that fails must not make the save fail.
        }
    }

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Error,
        Message = "What is recorded as {Function} of a change in {Context} could not be read; its record says so. Logged once for each kind of failure.")]
    private static partial void Unreadable(ILogger log, string function, string context, Exception failure);
}
