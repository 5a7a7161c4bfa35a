using System.Threading.Channels;
using EzAudit.Nats.Sending;
using EzAudit.Nats.Settings;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace EzAudit.Benchmarks.Nats;

/// <summary>Publishes ready payloads with nothing but the client library, and with as many messages on their way as EzAudit has.</summary>
internal static class BarePublisher
{
    /// <summary>As the library's documentation says: a future for each message.</summary>
    public static async Task PublishFuturesAsync(AuditStreamOptions options, IReadOnlyList<byte[]> payloads)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = options.Url });
        var context = new NatsJSContext(connection);
        var futures = new Queue<NatsJSPublishConcurrentFuture>();
        for (int i = 0; i < payloads.Count; i++)
        {
            if (futures.Count == PublishSession.Window) await AwaitAsync(futures.Dequeue());
            futures.Enqueue(await context.PublishConcurrentAsync(SubjectOf(options, i), payloads[i], NatsRawSerializer<byte[]>.Default, headers: HeadersOf(options, i)));
        }
        while (futures.TryDequeue(out NatsJSPublishConcurrentFuture future)) await AwaitAsync(future);
    }

    /// <summary>With one subscription for all acknowledgements, which are only counted.</summary>
    public static async Task PublishCountedAsync(AuditStreamOptions options, IReadOnlyList<byte[]> payloads)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = options.Url });
        string inbox = $"_INBOX.{Nuid.NewNuid()}";
        var channel = new NatsSubChannelOpts { Capacity = 2 * PublishSession.Window, FullMode = BoundedChannelFullMode.Wait };
        await using INatsSub<byte[]> acks = await connection.SubscribeCoreAsync(inbox, serializer: NatsRawSerializer<byte[]>.Default, opts: new NatsSubOpts { ChannelOpts = channel });
        int answered = 0;
        for (int i = 0; i < payloads.Count; i++)
        {
            while (i - answered >= PublishSession.Window) answered += await CountAsync(acks);
            await connection.PublishAsync(SubjectOf(options, i), payloads[i], HeadersOf(options, i), inbox, NatsRawSerializer<byte[]>.Default);
        }
        while (answered < payloads.Count) answered += await CountAsync(acks);
    }

    private static async Task AwaitAsync(NatsJSPublishConcurrentFuture future)
    {
        await using (future)
        {
            PubAckResponse ack = await future.GetResponseAsync();
            ack.EnsureSuccess();
        }
    }

    private static async Task<int> CountAsync(INatsSub<byte[]> acks)
    {
        NatsMsg<byte[]> ack = await acks.Msgs.ReadAsync();
        return ack.Data is { Length: > 0 } data && data.AsSpan().IndexOf("\"error\""u8) < 0 ? 1 : throw new InvalidOperationException("A message was not stored.");
    }

    private static string SubjectOf(AuditStreamOptions options, int i) => $"{options.Subject}.web1%2Fshop.{SideBySide.SampleRecord.Functions[i % 10]}";

    private static NatsHeaders HeadersOf(AuditStreamOptions options, int i) =>
        new() { ["Nats-Msg-Id"] = $"web1/shop/0123456789abcdef/{i + 1}", ["Nats-Expected-Stream"] = options.Stream, ["EzAudit-Version"] = "1" };
}
