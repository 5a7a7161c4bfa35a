using System.Globalization;
using EzAudit.Nats.Messages;
using NATS.Client.Core;

namespace EzAudit.Nats.Reading;

/// <summary>A message of the stream as a reader got it.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Version">The version of its payload; <see langword="null"/> if it has none.</param>
/// <param name="Data">Its payload.</param>
/// <param name="AckSubject">Where to acknowledge it.</param>
internal sealed record StreamMessage(string Subject, string? Version, byte[] Data, string AckSubject)
{
    // $JS.ACK.STREAM.CONSUMER.DELIVERED.SEQUENCE.CONSUMERSEQUENCE.TIME.PENDING; newer servers put domain and account in front of the stream.
    private const int TokensWithoutDomain = 9;
    private const int SequenceToken = 5;

    /// <summary>The number of the message in the stream.</summary>
    public long Sequence
    {
        get
        {
            string[] tokens = AckSubject.Split('.');
            int at = tokens.Length > TokensWithoutDomain ? SequenceToken + 2 : SequenceToken;
            return at < tokens.Length && long.TryParse(tokens[at], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence : 0;
        }
    }

    public static StreamMessage Of(in NatsMsg<byte[]> message) => new(
        message.Subject,
        message.Headers is { } headers && headers.TryGetLastValue(MessageFormat.VersionHeader, out string? version) ? version : null,
        message.Data ?? [],
        message.ReplyTo ?? "");
}
