using EzAudit.Extensibility;
using EzAudit.Nats.Reading;

namespace EzAudit.Nats;

/// <summary>Messages of the stream that a reader got. Every message is in one of the three lists.</summary>
/// <remarks>A batch that is neither acknowledged nor returned comes again after <see cref="Settings.AuditStreamOptions.AckWait"/>, to any reader of the consumer.</remarks>
public sealed class AuditStreamBatch
{
    private readonly AuditStreamReader _reader;
    private readonly IReadOnlyList<StreamMessage> _messages;

    internal AuditStreamBatch(AuditStreamReader reader, IReadOnlyList<StreamMessage> messages, MessageContents contents)
    {
        (_reader, _messages) = (reader, messages);
        (Records, Checkpoints, Problems) = (contents.Records, contents.Checkpoints, contents.Problems);
    }

    /// <summary>The records, in the order of the stream.</summary>
    public IReadOnlyList<AuditEnvelope> Records { get; }

    /// <summary>The checkpoints of ledgers.</summary>
    public IReadOnlyList<AuditStreamCheckpoint> Checkpoints { get; }

    /// <summary>The messages that cannot be read.</summary>
    public IReadOnlyList<AuditStreamProblem> Problems { get; }

    /// <summary>Says that the messages are stored, and need not come again. If it fails, they may come again: whoever stores them must recognize them by their ids.</summary>
    /// <exception cref="Settings.AuditStreamException">The stream cannot be used.</exception>
    public ValueTask AcknowledgeAsync(CancellationToken cancellationToken = default) =>
        _reader.UseAsync((session, token) => session.AcknowledgeAsync(_messages, token), cancellationToken);

    /// <summary>Gives the messages back, so that they come again at once.</summary>
    /// <exception cref="Settings.AuditStreamException">The stream cannot be used. The messages come again later.</exception>
    public ValueTask ReturnAsync(CancellationToken cancellationToken = default) =>
        _reader.UseAsync((session, token) => session.ReturnAsync(_messages, token), cancellationToken);
}

/// <summary>What the messages of a batch contain.</summary>
internal sealed record MessageContents(List<AuditEnvelope> Records, List<AuditStreamCheckpoint> Checkpoints, List<AuditStreamProblem> Problems);
