using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Security;

/// <summary>Reads details for records from the application's objects. If one throws, the record loses that detail, but neither record nor response fails.</summary>
/// <remarks>Features, claims, route values and requirements run third-party code: a form, for example, throws if its antiforgery check failed.</remarks>
internal sealed partial class DetailReader(ILoggerFactory loggers)
{
    private const int MaxReported = 100;

    private readonly ILogger _logger = loggers.CreateLogger("EzAudit");
    private readonly ConcurrentDictionary<(string Detail, Type Failure), bool> _reported = new();

    /// <summary>Returns the detail, or the default if reading it throws. Logs that once per detail and exception type.</summary>
    public TResult? Read<TState, TResult>(string detail, TState state, Func<TState, TResult?> read)
    {
        try
        {
            return read(state);
        }
        catch (Exception failure)
        {
            if (_reported.Count < MaxReported && _reported.TryAdd((detail, failure.GetType()), true)) LogUnreadable(detail, failure);
            return default;
        }
    }

    [LoggerMessage(EventId = 13, Level = LogLevel.Warning, Message = "{Detail} could not be read and is left out of the record. Logged once for each kind of failure.")]
    private partial void LogUnreadable(string detail, Exception failure);
}
