using System.Globalization;
using EzAudit.Nats;
using EzAudit.Nats.Settings;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;
using EzAudit.Tests.Syslog;
using NATS.Client.Core;

namespace EzAudit.Tests.Nats;

/// <summary>Three nats-servers on this machine with a stream that all of them keep. The last one may be on another machine, or have a disk of its own.</summary>
internal sealed class NatsCluster : IDisposable
{
    private const int Size = 3;

    private readonly TempFolder _folder = new();
    private readonly SmallDisk? _disk;

    /// <param name="machine">The machine of the last server.</param>
    /// <param name="diskSize">The size of a disk for the last server.</param>
    public NatsCluster(OtherMachine? machine = null, string? diskSize = null)
    {
        if (diskSize is not null) _disk = new SmallDisk(_folder["disk"], diskSize);
        string here = machine?.AddressOfThisOne ?? "127.0.0.1";
        string[] routes = [.. Enumerable.Range(0, Size).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{(i == Size - 1 && machine is not null ? machine.Address : here)}:{NatsNode.FreePort()}"))];
        Nodes = [.. Enumerable.Range(0, Size).Select(i => Create(i, routes, machine))];
        Until.True(TryInitialize, "the cluster has a stream", () => _failure ?? "", TimeSpan.FromSeconds(60));
    }

    private string? _failure;

    public NatsNode[] Nodes { get; }

    public SmallDisk Disk => _disk!;

    public AuditStreamOptions Options => new() { Url = string.Join(',', Nodes.Select(node => node.Url)), Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>What is known of the stream; <see langword="null"/> if nobody answers.</summary>
    public AuditStreamStatus? Find()
    {
        var stream = new AuditStream(Options with { Timeout = TimeSpan.FromSeconds(1) });
        try
        {
            return stream.FindAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (AuditStreamException failure)
        {
            _failure = failure.Message;
            return null;
        }
        finally
        {
            stream.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>The server that leads the stream.</summary>
    public NatsNode Leader()
    {
        AuditStreamServer? leader = null;
        Until.True(() => (leader = Find()?.Servers.FirstOrDefault(server => server.IsLeader)) is not null, "the stream has a leader", () => _failure ?? "");
        return Nodes[leader!.Name[1] - '1'];
    }

    /// <summary>Makes the last server lead the stream.</summary>
    public NatsNode MakeLastLead()
    {
        Until.True(
            () =>
            {
                if (Leader() == Nodes[^1]) return true;
                StepDown().GetAwaiter().GetResult();
                return false;
            },
            "the last server leads the stream");
        return Nodes[^1];
    }

    /// <summary>Waits until all servers have everything.</summary>
    public void WaitUntilCurrent() => Until.True(
        () => Find() is { Servers: [_, _, _] servers } && servers.All(server => server.IsCurrent), "all servers have everything", () => $"{Find()?.Servers.Count} {_failure}");

    public void Dispose()
    {
        foreach (NatsNode node in Nodes) node.Dispose();
        _disk?.Dispose();
        _folder.Dispose();
    }

    private NatsNode Create(int index, string[] routes, OtherMachine? machine)
    {
        bool isLast = index == Size - 1;
        string store = isLast && _disk is not null ? _folder["disk"] : _folder[$"store{index}"];
        string configuration = $$"""
            server_name: n{{index + 1}}
            jetstream { store_dir: "{{store}}", max_file_store: 1GB }
            cluster { name: test, listen: "{{routes[index]}}", routes: [{{string.Join(", ", routes.Select(route => $"\"nats://{route}\""))}}] }
            """;
        return isLast && machine is not null
            ? new NatsNode(_folder[$"n{index}"], configuration, machine.Address, machine.Wrapper)
            : new NatsNode(_folder[$"n{index}"], configuration, machine?.AddressOfThisOne ?? "127.0.0.1");
    }

    private bool TryInitialize()
    {
        try
        {
            NatsServer.Initialize(Options with { Timeout = TimeSpan.FromSeconds(5) });
            return true;
        }
        catch (AuditStreamException failure)
        {
            _failure = failure.Message;
            return Find() is { Fault: null };
        }
    }

    private async Task StepDown()
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = Nodes[0].Url });
        await connection.RequestAsync<byte[], byte[]>($"$JS.API.STREAM.LEADER.STEPDOWN.{Options.Stream}", []);
    }
}
