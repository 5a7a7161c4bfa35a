using EzAudit.Nats.Settings;

namespace EzAudit.Nats.Connecting;

/// <summary>The servers of a cluster: those in the settings and those that the cluster has named since, in the order in which they are tried. Thread-safe.</summary>
internal sealed class StreamServers
{
    private readonly Lock _gate = new();
    private readonly List<string> _urls;
    private readonly string? _scheme;

    public StreamServers(AuditStreamOptions options)
    {
        Options = options;
        _urls = [.. options.Servers];
        // Thousands of writers must not all use the first server.
        Random.Shared.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_urls));
        // Certificates name the servers as the settings do; the cluster may name them by address.
        _scheme = options.RequiresTls ? null : "nats://";
    }

    public AuditStreamOptions Options { get; }

    public string[] Urls
    {
        get
        {
            lock (_gate) return [.. _urls];
        }
    }

    /// <summary>Tries this server last from now on: it may be reachable, but cut off from the others.</summary>
    public void Avoid(string url)
    {
        lock (_gate)
        {
            if (_urls.Remove(url)) _urls.Add(url);
        }
    }

    /// <summary>Takes over what a server says about its cluster, so that one address in the settings is enough once it has been reached.</summary>
    public void Learn(IEnumerable<string> addresses)
    {
        if (_scheme is null) return;
        lock (_gate) _urls.AddRange([.. addresses.Select(address => _scheme + address).Except(_urls)]);
    }
}
