using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EzAudit.Hosting;

/// <summary>Builds the writers that a host has next to its own when it is made, so that unusable settings stop the start, and they are closed last.</summary>
internal sealed class KeyedWritersHostedService : IHostedService
{
    public KeyedWritersHostedService(IServiceProvider provider, IEnumerable<KeyedWriterName> names)
    {
        foreach (KeyedWriterName writer in names) provider.GetRequiredKeyedService<AuditWriter>(writer.Name);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Says that a host has a writer of this name next to its own.</summary>
internal sealed record KeyedWriterName(string Name);
