using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>Notifies no one: it serves the provider's inner transaction, whose operations the outer one announces.</summary>
internal sealed class SilentLogger(IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> provider)
    : IDiagnosticsLogger<DbLoggerCategory.Database.Transaction>, IDbContextLogger
{
    private static readonly DiagnosticSource Nobody = new NoSource();

    public ILoggingOptions Options => provider.Options;

    public LoggingDefinitions Definitions => provider.Definitions;

    public ILogger Logger => NullLogger.Instance;

    public DiagnosticSource DiagnosticSource => Nobody;

    public IDbContextLogger DbContextLogger => this;

    public IInterceptors? Interceptors => null;

    public bool ShouldLogSensitiveData() => false;

    public bool ShouldLog(EventDefinitionBase definition) => false;

    public bool NeedsEventData(EventDefinitionBase definition, out bool diagnosticSourceEnabled, out bool simpleLogEnabled) =>
        diagnosticSourceEnabled = simpleLogEnabled = false;

    public bool NeedsEventData<TInterceptor>(
        EventDefinitionBase definition, out TInterceptor? interceptor, out bool diagnosticSourceEnabled, out bool simpleLogEnabled)
        where TInterceptor : class, IInterceptor
    {
        interceptor = null;
        return diagnosticSourceEnabled = simpleLogEnabled = false;
    }

    void IDbContextLogger.Log(EventData eventData)
    {
    }

    bool IDbContextLogger.ShouldLog(EventId eventId, LogLevel logLevel) => false;

    private sealed class NoSource : DiagnosticSource
    {
        public override bool IsEnabled(string name) => false;

        [RequiresUnreferencedCode("As the base does.")]
        public override void Write(string name, object? value)
        {
        }
    }
}
