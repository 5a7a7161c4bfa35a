using EzAudit.Nats.Settings;
using NATS.Client.JetStream.Models;

namespace EzAudit.Nats.Connecting;

/// <summary>What a stream of records must be like, so that what it has acknowledged stays in it.</summary>
internal static class StreamProtection
{
    /// <summary>The configuration of a new stream.</summary>
    public static StreamConfig ConfigOf(AuditStreamOptions options) => new(options.Stream, [$"{options.Subject}.>"])
    {
        Description = "Records of EzAudit",
        Storage = StreamConfigStorage.File,
        Retention = StreamConfigRetention.Limits,
        // The oldest records would make room for the newest; instead, the writers keep the newest until there is room.
        Discard = StreamConfigDiscard.New,
        NumReplicas = options.Replicas,
        MaxAge = options.MaxAge,
        MaxBytes = options.MaxBytes,
        DuplicateWindow = options.MaxAge > TimeSpan.Zero && options.MaxAge < options.DuplicateWindow ? options.MaxAge : options.DuplicateWindow,
        DenyDelete = true,
        DenyPurge = true,
    };

    /// <summary>What is wrong with a stream, and what to do; <see langword="null"/> if nothing is.</summary>
    public static string? FaultOf(StreamConfig config, AuditStreamOptions options)
    {
        string[] faults = [.. FaultsOf(config, options)];
        if (faults.Length == 0) return null;
        return $"the stream is not safe for records: {string.Join("; ", faults)}. Run \"ezaudit stream init --run\" as its owner.";
    }

    /// <summary>The configuration of an existing stream as it has to be; everything else stays.</summary>
    public static StreamConfig Corrected(StreamConfig config, AuditStreamOptions options)
    {
        config.DenyDelete = true;
        config.DenyPurge = true;
        config.Discard = StreamConfigDiscard.New;
        config.NoAck = false;
        config.NumReplicas = Math.Max(config.NumReplicas, options.Replicas);
        if (!Covers(config, options)) config.Subjects = [.. config.Subjects ?? [], $"{options.Subject}.>"];
        return config;
    }

    private static IEnumerable<string> FaultsOf(StreamConfig config, AuditStreamOptions options)
    {
        if (!config.DenyDelete) yield return "messages can be deleted (deny_delete is off)";
        if (!config.DenyPurge) yield return "it can be purged (deny_purge is off)";
        if (config.NumReplicas < options.Replicas) yield return $"{config.NumReplicas} of {options.Replicas} servers keep it (num_replicas; or set Replicas={config.NumReplicas})";
        if (config.Discard != StreamConfigDiscard.New) yield return "when it is full, the oldest records make room for new ones (discard is not new)";
        if (config.Storage != StreamConfigStorage.File) yield return "it is in memory only (storage is not file)";
        if (config.Retention != StreamConfigRetention.Limits) yield return "messages leave it when one reader has acknowledged them (retention is not limits)";
        if (config.NoAck) yield return "it acknowledges nothing (no_ack)";
        if (config.Sealed) yield return "it takes no messages any more (sealed)";
        if (!Covers(config, options)) yield return $"it does not have the subjects {options.Subject}.>";
    }

    private static bool Covers(StreamConfig config, AuditStreamOptions options) =>
        config.Subjects?.Any(subject => subject == ">" || subject == $"{options.Subject}.>" || (subject.EndsWith(".>", StringComparison.Ordinal) && options.Subject.StartsWith(subject[..^1], StringComparison.Ordinal))) == true;
}
