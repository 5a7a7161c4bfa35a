using EzAudit.Records;

namespace EzAudit;

/// <summary>What a verification compares the ledger with, and how it runs.</summary>
public sealed class AuditVerifyOptions
{
    /// <summary>
    /// The paths of files with checkpoints of this ledger that were kept elsewhere: signed notes one after another, or any lines of text, such as those of a log,
    /// that contain a checkpoint in its one-line form. With them, a ledger that was cut off or replaced by an older one is found out.
    /// </summary>
    public IReadOnlyList<string> AnchorFiles { get; init; } = [];

    /// <summary>The same as texts.</summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    /// <summary>The ledger must contain something that is not older than this; <see langword="null"/> for no such test.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>
    /// A checkpoint of this ledger up to which it was verified before, as a signed note. Of the records that it covers, only their presence is verified, and the
    /// records by which files are recognized; <see langword="null"/> to verify all.
    /// </summary>
    public string? Since { get; init; }

    /// <summary>
    /// For a store: the id of the time zone in which classic records were written, such as <c>Europe/Vienna</c>. If <see langword="null"/>, that of the settings, or,
    /// without settings, any: then a time that differs from its record by whole quarters of an hour is not found out.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// For a store: when the directory was copied. Checkpoints that the store received later are left out, as the copy cannot have their leaves;
    /// <see langword="null"/> for a directory that is not a copy.
    /// </summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many threads may be used; 0 for one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>Receives the progress, at most about a thousand times. It is called by the threads that read, one call at a time.</summary>
    public IProgress<AuditReadProgress>? Progress { get; init; }
}
