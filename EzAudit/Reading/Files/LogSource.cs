using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Files;

/// <summary>Where records of some functions lie: a log file and the files that it was rotated to.</summary>
/// <param name="Path">The path of the log file; it need not be there.</param>
/// <param name="Functions">The functions that are written to it, <c>*</c> for all others; empty when not known.</param>
/// <param name="Format">How records lie in it.</param>
/// <param name="Naming">How its rotated files are named now.</param>
/// <param name="HasRotated">Whether rotated files are looked for; not for a file that was named by itself.</param>
/// <param name="IsFormatGuessed">Whether the file itself tells its format, and the one given here is for what tells none.</param>
internal sealed record LogSource(string Path, IReadOnlyList<string> Functions, IAuditFormat Format, RotationNaming Naming, bool HasRotated, bool IsFormatGuessed = false)
{
    /// <summary>How much of a file is held in memory to find the end of one record.</summary>
    public int Window { get; init; } = ReadWindow.Default;

    /// <summary>Whether a function writes here and to no place that can be read back.</summary>
    public bool IsOnlyPlace { get; init; }

    /// <summary>The log files of other places, absolute: none of them is a rotated one of this.</summary>
    public IReadOnlySet<string> Others { get; init; } = new HashSet<string>();

    /// <summary>Tells the function of a record by its fields, where that is possible.</summary>
    public Func<AuditRecord, string?>? ByFields { get; init; }
}
