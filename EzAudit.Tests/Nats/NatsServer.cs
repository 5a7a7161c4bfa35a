using EzAudit.Nats;
using EzAudit.Nats.Settings;
using EzAudit.Tests.Support;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace EzAudit.Tests.Nats;

/// <summary>One nats-server with JetStream, and usually a stream.</summary>
internal sealed class NatsServer : IDisposable
{
    private readonly TempFolder _folder = new();

    public NatsServer(string configuration = "", bool hasStream = true)
    {
        Node = new NatsNode(_folder.Path, NatsNode.JetStreamIn(_folder["store"]) + "\n" + configuration);
        if (hasStream) Initialize(Options);
    }

    public NatsNode Node { get; }

    public AuditStreamOptions Options => new() { Url = Node.Url, Replicas = 1 };

    /// <summary>Creates the stream.</summary>
    public static void Initialize(AuditStreamOptions options)
    {
        var stream = new AuditStream(options);
        Assert.IsTrue(stream.InitializeAsync().AsTask().GetAwaiter().GetResult());
        stream.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Creates a stream, or changes it.</summary>
    public void Configure(Action<StreamConfig> change, bool isNew = false) => Use(async context =>
    {
        var config = new StreamConfig(Options.Stream, ["audit.>"]);
        if (!isNew) config = (await context.GetStreamAsync(Options.Stream)).Info.Config;
        change(config);
        if (isNew) await context.CreateStreamAsync(config);
        else await context.UpdateStreamAsync(config);
        return true;
    });

    /// <summary>Does something with the library's own means.</summary>
    public T Use<T>(Func<NatsJSContext, Task<T>> work)
    {
        return UseAsync().GetAwaiter().GetResult();

        async Task<T> UseAsync()
        {
            await using var connection = new NatsConnection(new NatsOpts { Url = Node.Url });
            return await work(new NatsJSContext(connection));
        }
    }

    public void Dispose()
    {
        Node.Dispose();
        _folder.Dispose();
    }
}
