using EzAudit.Extensibility;
using EzAudit.Settings.Model;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Files;

/// <summary>A source of records: a log file together with the files that it was rotated to.</summary>
/// <param name="Path">The path of the log file, which need not exist.</param>
/// <param name="Functions">The functions that are written to it, <c>*</c> for all others; empty if unknown.</param>
/// <param name="Format">The format of its records.</param>
/// <param name="Naming">How its rotated files are currently named.</param>
/// <param name="HasRotated">Whether to look for rotated files; false for a file that was named explicitly.</param>
/// <param name="IsFormatGuessed">Whether the format is detected from the file, with <paramref name="Format"/> as the default.</param>
internal sealed record LogSource(string Path, IReadOnlyList<string> Functions, IAuditFormat Format, RotationNaming Naming, bool HasRotated, bool IsFormatGuessed = false)
{
    /// <summary>How much of a file is held in memory to find the end of one record.</summary>
    public int Window { get; init; } = LogFileReader.DefaultWindow;

    /// <summary>Whether a function writes here and to no source that can be read back.</summary>
    public bool IsOnlyPlace { get; init; }

    /// <summary>The absolute paths of the log files of other sources: none of them is a rotated file of this one.</summary>
    public IReadOnlySet<string> Others { get; init; } = new HashSet<string>();

    /// <summary>Derives the function of a record from the names of its fields where possible.</summary>
    public Func<IReadOnlyList<string>, string?>? ByFields { get; init; }
}
