using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>Collects the warnings and errors that a host logs, with their category.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    public ConcurrentQueue<string> Messages { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Category(LogCollector log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Messages.Enqueue($"{name}: {formatter(state, exception)} {exception}".TrimEnd());
        }
    }
}
