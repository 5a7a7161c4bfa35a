using System.Globalization;
using EzAudit.Nats.Connecting;
using EzAudit.Nats.Settings;
using NATS.Client.JetStream.Models;

namespace EzAudit.Nats;

/// <summary>What is known of the stream. Immutable.</summary>
public sealed record AuditStreamStatus
{
    /// <summary>Why the targets of this version do not use it, and what to do; <see langword="null"/> if nothing is wrong.</summary>
    public string? Fault { get; init; }

    /// <summary>The number of messages in it.</summary>
    public long Messages { get; init; }

    /// <summary>The bytes of its messages on each server.</summary>
    public long Bytes { get; init; }

    /// <summary>The most bytes; -1 for no limit.</summary>
    public long MaxBytes { get; init; } = -1;

    /// <summary>How long messages stay; zero for ever.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <summary>How long repeated messages are recognized.</summary>
    public TimeSpan DuplicateWindow { get; init; }

    /// <summary>When its oldest message was stored; <see langword="null"/> if it is empty.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>When its newest message was stored; <see langword="null"/> if it is empty.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>The servers that keep it.</summary>
    public IReadOnlyList<AuditStreamServer> Servers { get; init; } = [];

    /// <summary>Who reads it.</summary>
    public IReadOnlyList<AuditStreamConsumer> Consumers { get; init; } = [];

    internal static AuditStreamStatus Of(StreamInfo info, AuditStreamOptions options) => new()
    {
        Fault = StreamProtection.FaultOf(info.Config, options),
        Messages = info.State.Messages,
        Bytes = info.State.Bytes,
        MaxBytes = info.Config.MaxBytes,
        MaxAge = info.Config.MaxAge,
        DuplicateWindow = info.Config.DuplicateWindow,
        Oldest = info.State.Messages > 0 ? TimeOf(info.State.FirstTs) : null,
        Newest = info.State.Messages > 0 ? TimeOf(info.State.LastTs) : null,
        Servers = [.. ServersOf(info.Cluster)],
    };

    private static IEnumerable<AuditStreamServer> ServersOf(ClusterInfo? cluster)
    {
        if (cluster?.Leader is { Length: > 0 } leader) yield return new AuditStreamServer(leader, IsLeader: true, IsCurrent: true);
        foreach (PeerInfo peer in cluster?.Replicas ?? []) yield return new AuditStreamServer(peer.Name, IsLeader: false, peer.Current && !peer.Offline);
    }

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}

/// <summary>A server that keeps the stream. Immutable; compared by value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsLeader">Whether it leads the others.</param>
/// <param name="IsCurrent">Whether it is running and has everything.</param>
public sealed record AuditStreamServer(string Name, bool IsLeader, bool IsCurrent);

/// <summary>A durable consumer of the stream. Immutable; compared by value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pending">How many messages it has not been given yet.</param>
/// <param name="Unacknowledged">How many it was given and has not acknowledged.</param>
/// <param name="Repeated">How many of those it was given more than once.</param>
public sealed record AuditStreamConsumer(string Name, long Pending, long Unacknowledged, long Repeated);
