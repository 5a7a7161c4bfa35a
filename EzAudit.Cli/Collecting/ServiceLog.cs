using EzAudit.Cli.Output;
using EzAudit.Collector;
using Microsoft.Extensions.Logging;

namespace EzAudit.Cli.Collecting;

/// <summary>Writes what a service reports to standard error, in the journal with its priority.</summary>
internal sealed class ServiceLog(Terminal terminal) : ILogger<AuditCollector>
{
    private readonly Lock _gate = new();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        string text = VisibleText.Of(formatter(state, exception));
        lock (_gate)
        {
            if (!ServiceManager.HasJournal)
            {
                terminal.WriteError(text);
                return;
            }
            try
            {
                terminal.Error.WriteLine($"<{PriorityOf(logLevel)}>{text}");
            }
            catch (IOException)
            {
                // Nobody listens.
            }
        }
    }

    // As in sd-daemon(3).
    private static int PriorityOf(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        _ => 6,
    };
}
