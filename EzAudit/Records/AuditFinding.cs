using System.Globalization;
using System.Text;

namespace EzAudit.Records;

/// <summary>One thing that the verification of a ledger found, with its place. Immutable.</summary>
public sealed record AuditFinding
{
    /// <summary>How bad it is.</summary>
    public required AuditFindingSeverity Severity { get; init; }

    /// <summary>What it is, as one word for programs, such as <c>extent</c> or <c>missing-file</c>. All of them are listed in docs/ledger.md.</summary>
    public required string Code { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Problem { get; init; }

    /// <summary>The file, relative to the log directory and separated by <c>/</c>: a log file or a segment of the ledger; <see langword="null"/> if it concerns none.</summary>
    public string? File { get; init; }

    /// <summary>The functions that the settings write to the file; empty if it is unknown.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>The offset of its first byte, from 0; in a compressed file, of the decompressed text. <see langword="null"/> if it concerns the whole file.</summary>
    public long? Offset { get; init; }

    /// <summary>The number of bytes it covers.</summary>
    public long? Length { get; init; }

    /// <summary>The number of the first record it covers, from 1: the records of the file as the ledger counts them.</summary>
    public long? FirstRecord { get; init; }

    /// <summary>The number of the last record it covers.</summary>
    public long? LastRecord { get; init; }

    /// <summary>The index of the leaf of the ledger.</summary>
    public long? Leaf { get; init; }

    /// <summary>The time of the leaf, in UTC.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary><c>SEVERITY: FILE: bytes A to B, records C to D, leaf E of TIME: PROBLEM [CODE]</c>, as far as it is known.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Severity.ToString().ToLowerInvariant()}: ");
        if (File is not null) text.Append(CultureInfo.InvariantCulture, $"{File}: ");
        string place = string.Join(", ", Places());
        if (place.Length > 0) text.Append(CultureInfo.InvariantCulture, $"{place}: ");
        return text.Append(CultureInfo.InvariantCulture, $"{Problem} [{Code}]").ToString();
    }

    private static string Range(string what, long first, long last) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}{(last > first ? "s" : "")} {first}") + (last > first ? string.Create(CultureInfo.InvariantCulture, $" to {last}") : "");

    private IEnumerable<string> Places()
    {
        if (Functions.Count > 0) yield return string.Join(", ", Functions);
        if (Offset is { } offset) yield return Range("byte", offset, offset + (Length ?? 1) - 1);
        if (FirstRecord is { } first) yield return Range("record", first, LastRecord ?? first);
        if (Leaf is { } leaf) yield return string.Create(CultureInfo.InvariantCulture, $"leaf {leaf}");
        if (Time is { } time) yield return time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }
}

/// <summary>How bad a finding is.</summary>
public enum AuditFindingSeverity
{
    /// <summary>Worth knowing. The audit trail is as its writers left it.</summary>
    Note,

    /// <summary>Something is not attested or was lost in a way that a crash, a full disk or a missing file explains.</summary>
    Incomplete,

    /// <summary>Somebody changed what had been attested.</summary>
    Tampered,
}
