using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EzAudit.Tests.Support;

/// <summary>Keeps what is logged under the category EzAudit.</summary>
internal sealed class FakeLoggerFactory : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>The level and the named values of each message.</summary>
    public ConcurrentQueue<(LogLevel Level, IReadOnlyDictionary<string, object?> Values)> Entries { get; } = new();

    public ILogger CreateLogger(string categoryName)
    {
        Assert.AreEqual("EzAudit", categoryName);
        return this;
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Keep(logLevel, state as IEnumerable<KeyValuePair<string, object?>> ?? [], formatter(state, exception));

    private void Keep(LogLevel level, IEnumerable<KeyValuePair<string, object?>> values, string message)
    {
        Entries.Enqueue((level, values.ToDictionary()));
        Messages.Enqueue(message);
    }

    public void Dispose()
    {
    }
}
