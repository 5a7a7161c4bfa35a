namespace EzAudit.Extensibility;

/// <summary>A type of sender: how one is created and called.</summary>
internal sealed record AuditSenderType(Func<AuditComponentSettings, IAuditSender> Create, AuditSenderOptions Options)
{
    public const string Directory = "SpoolDir";
    public const string Size = "Spool";
    public const string Origin = "Origin";
    public const string BatchRecords = "BatchRecords";
    public const string BatchBytes = "BatchBytes";
    public const string BatchAge = "BatchAge";
    public const string RetryMost = "RetryMost";

    /// <summary>The keys that the section of every sender has.</summary>
    public static IReadOnlyList<string> SpoolKeys { get; } = [Directory, Size, Origin, BatchRecords, BatchBytes, BatchAge, RetryMost];

    /// <summary>The keys of a type, with those of its spool.</summary>
    public static IReadOnlyList<string> WithSpoolKeys(IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.FirstOrDefault(SpoolKeys.Contains) is { } taken)
            throw new ArgumentException($"The key \"{taken}\" is one that every sender has: EzAudit reads it. Leave it out.", nameof(keys));
        return [.. keys, .. SpoolKeys];
    }
}

/// <summary>Gives senders their spools.</summary>
internal interface ISpoolFactory
{
    IAuditTarget OpenTarget(AuditComponentSettings settings, AuditSenderType type);

    IAuditAnchor OpenAnchor(AuditComponentSettings settings, AuditSenderType type);
}

/// <summary>Stands for the spools in settings that no writer has made.</summary>
internal sealed class NoSpools : ISpoolFactory
{
    public IAuditTarget OpenTarget(AuditComponentSettings settings, AuditSenderType type) => throw Failure();

    public IAuditAnchor OpenAnchor(AuditComponentSettings settings, AuditSenderType type) => throw Failure();

    private static InvalidOperationException Failure() => new("Only a writer has spools. Build one with AuditWriterBuilder.");
}
