using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Security;

/// <summary>Reads what a record says from the application's objects. One that throws costs the record that detail, never the record or the answer.</summary>
/// <remarks>Features, claims, route values and requirements are code of others: a form throws when its antiforgery check failed, for example.</remarks>
internal sealed partial class DetailReader(ILoggerFactory loggers)
{
    private const int MaxReported = 100;

    private readonly ILogger _logger = loggers.CreateLogger("EzAudit");
    private readonly ConcurrentDictionary<(string Detail, Type Failure), bool> _reported = new();

    /// <summary>The detail; the default where reading it throws, which the log says once for a detail and a type of exception.</summary>
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
