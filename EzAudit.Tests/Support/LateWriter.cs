using Microsoft.Extensions.Hosting;

namespace EzAudit.Tests.Support;

/// <summary>A service that writes a record at each step of its shutdown.</summary>
internal sealed class LateWriter(string name) : IHostedLifecycleService, IDisposable
{
    public static readonly string[] Steps = ["stopping", "stop", "stopped", "dispose"];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Write(Steps[0]);

    public Task StopAsync(CancellationToken cancellationToken) => Write(Steps[1]);

    public Task StoppedAsync(CancellationToken cancellationToken) => Write(Steps[2]);

    public void Dispose() => Write(Steps[3]);

    private Task Write(string step)
    {
        AuditTrail.WriteAudit("user-login", ("Step", $"{name} {step}"));
        return Task.CompletedTask;
    }
}
