using EzAudit.Extensibility;
using EzAudit.Nats;
using EzAudit.Nats.Settings;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Nats;

/// <summary>Everything that is in a stream, read so far through a consumer of its own.</summary>
internal sealed class StreamContent(AuditStreamOptions options) : IDisposable
{
    private static readonly AuditBatchLimits Limits = new(5000, 4 << 20, TimeSpan.Zero);

    private readonly AuditStreamReader _reader = new(options, $"test-{Guid.NewGuid():N}");

    /// <summary>The records in the order of the stream, with repeats.</summary>
    public List<AuditEnvelope> Records { get; } = [];

    public List<AuditStreamCheckpoint> Checkpoints { get; } = [];

    public List<AuditStreamProblem> Problems { get; } = [];

    /// <summary>Reads what has come since the last call.</summary>
    public StreamContent Read()
    {
        ReadAsync().GetAwaiter().GetResult();
        return this;
    }

    /// <summary>Reads until everything is there that the leader of the stream has; a consumer may be behind it.</summary>
    public StreamContent ReadAll(long messages)
    {
        Until.True(() => Read().Records.Count >= messages, "all messages are read", () => $"{Records.Count} of {messages}");
        return this;
    }

    public void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task ReadAsync()
    {
        while (await _reader.CountPendingAsync() > 0)
        {
            AuditStreamBatch batch = await _reader.ReadAsync(Limits);
            Records.AddRange(batch.Records);
            Checkpoints.AddRange(batch.Checkpoints);
            Problems.AddRange(batch.Problems);
            await batch.AcknowledgeAsync();
        }
    }
}
