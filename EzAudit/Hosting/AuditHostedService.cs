using Microsoft.Extensions.Hosting;

namespace EzAudit.Hosting;

/// <summary>Makes a host's writer the current one while the host runs. The writer itself is closed last, with the host's services.</summary>
internal sealed class AuditHostedService(AuditWriter writer) : IHostedLifecycleService, IDisposable
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        AuditTrail.UseHosted(writer);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => AuditTrail.ForgetHosted(writer);
}
