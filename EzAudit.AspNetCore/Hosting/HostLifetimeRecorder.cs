using System.Reflection;
using EzAudit.Plugins;
using EzAudit.Records;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Hosting;

/// <summary>Records that the host started, stopped or failed, if the settings enable it.</summary>
/// <remarks>An unhandled exception, which ends the process without a stop, is recorded while the process goes down.</remarks>
internal sealed partial class HostLifetimeRecorder(AuditWriter writer, IServiceProvider services, IHostEnvironment environment, ILoggerFactory loggers)
    : IHostedLifecycleService, IDisposable
{
    private const string Shutdown = "shutdown";
    private const string Exception = "exception";

    private readonly string _service = environment.ApplicationName;
    private readonly string _version = VersionOf(environment.ApplicationName);
    private readonly ILogger _logger = loggers.CreateLogger("EzAudit");
    private string? _address;
    private bool _isAlive;
    private bool _isStarted;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _isAlive = true;
        AppDomain.CurrentDomain.UnhandledException += RecordUnhandled;
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // By now the server listens, so the port is known even if a free one was requested.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>() is { Addresses.Count: > 0 } feature) _address = string.Join(", ", feature.Addresses);
        Record("service-start", () => ServiceAudit.Start(_service, _version, _address));
        _isStarted = true;
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped twice.
        if (!_isAlive) return Task.CompletedTask;
        _isAlive = false;
        List<Exception> failures = Failures();
        foreach (Exception failure in failures) RecordError(Describe(failure));
        RecordStop(failures.Count > 0 ? Exception : Shutdown);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= RecordUnhandled;
        if (!_isAlive) return;
        _isAlive = false;
        if (_isStarted) Try(() => RecordStop("disposed without a stop"));
        else Try(() => RecordError("It did not start."));
    }

    // Every hosted service exists by now, so this resolves them without creating any.
    private List<Exception> Failures() =>
        [.. services.GetServices<IHostedService>().OfType<BackgroundService>().Select(service => service.ExecuteTask?.Exception?.InnerException).OfType<Exception>()];

    private void RecordUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        // The process is ending: only the log can report a second failure.
        Try(() => RecordError(e.ExceptionObject is Exception failure ? Describe(failure) : Exception));
    }

    private void RecordError(string reason) => Record("service-error", () => ServiceAudit.Error(_service, _version, reason, _address));

    private void RecordStop(string reason) => Record("service-stop", () => ServiceAudit.Stop(_service, _version, reason, _address));

    private void Record(string function, Func<bool> write)
    {
        if (!writer.IsEnabled(function)) return;
        using IDisposable flow = AuditContext.Use(new AuditOrigin(new AuditActor(_service, "service")), writer);
        write();
    }

    private void Try(Action record)
    {
        try
        {
            record();
        }
        catch (Exception failure)
        {
            // Any exception: no caller could handle it.
            LogUnrecorded(_service, failure);
        }
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Error, Message = "The end of service {Service} could not be recorded.")]
    private partial void LogUnrecorded(string service, Exception failure);

    private static string Describe(Exception failure) => $"{failure.GetType().FullName}: {failure.Message}";

    private static string VersionOf(string application)
    {
        Assembly? assembly = Assembly.GetEntryAssembly();
        // When a test runner or tool hosts the application, the entry assembly is not the application's.
        if (assembly?.GetName().Name != application)
            assembly = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(loaded => loaded.GetName().Name == application) ?? assembly;
        return assembly?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly?.GetName().Version?.ToString() ?? "unknown";
    }
}
