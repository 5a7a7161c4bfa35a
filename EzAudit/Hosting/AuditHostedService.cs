using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EzAudit.Hosting;

/// <summary>
/// Builds the writers of a host as soon as it is created, so that unusable settings stop the start, and makes the host's own the current one while the
/// host runs. The writers are closed last, with the host's services.
/// </summary>
internal sealed class AuditHostedService : IHostedLifecycleService, IDisposable
{
    private readonly AuditWriter? _own;

    public AuditHostedService(IServiceProvider provider, IEnumerable<HostedWriter> writers)
    {
        foreach (HostedWriter writer in writers)
        {
            if (writer.Name is null) _own = provider.GetRequiredService<AuditWriter>();
            else provider.GetRequiredKeyedService<AuditWriter>(writer.Name);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (_own is not null) AuditTrail.UseHosted(_own);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        if (_own is not null) AuditTrail.ForgetHosted(_own);
    }
}

/// <summary>A writer that a call of <c>AddEzAudit</c> or <c>AddKeyedEzAudit</c> added to the host's services.</summary>
/// <param name="Name">The name of a keyed writer; <see langword="null"/> for the host's own.</param>
/// <param name="Root">The root that the call gave, if any.</param>
internal sealed record HostedWriter(string? Name, string? Root);
