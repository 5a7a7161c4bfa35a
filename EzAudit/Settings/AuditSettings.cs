using NodaTime;

namespace EzAudit.Settings;

/// <summary>What audit.ini and site.ini say, read, merged and checked: one immutable snapshot.</summary>
internal sealed record AuditSettings
{
    /// <summary>The directory that holds <c>settings/</c>, absolute.</summary>
    public required string Root { get; init; }

    public bool Enabled { get; init; }

    /// <summary>VarDir and LogDir joined, <c>..</c> and <c>.</c> taken out, relative to the root, separated by <c>/</c>: <c>var/log/audit</c>. Empty for the root itself.</summary>
    public string LogDirectory { get; init; } = "var/log/audit";

    /// <summary>Function to file name, exact; <c>*</c> stands for every function not named.</summary>
    public required IReadOnlyDictionary<string, Sourced<string>> FileNames { get; init; }

    public UnknownFunctionPolicy OnUnknownFunction { get; init; } = UnknownFunctionPolicy.Report;

    public RecordLimits Limits { get; init; } = new();

    public FunctionSettings Defaults { get; init; } = new();

    /// <summary>The functions that have a section of their own, defaults filled in.</summary>
    public required IReadOnlyDictionary<string, FunctionSettings> Functions { get; init; }

    public RotationSettings Rotation { get; init; } = new();

    /// <summary>The log files that have a rotation section of their own, defaults filled in.</summary>
    public required IReadOnlyDictionary<string, RotationSettings> FileRotation { get; init; }

    public DiskSettings Disk { get; init; } = new();

    public RedactionSettings Redaction { get; init; } = new();

    /// <summary>NAME of <c>[Target-NAME]</c> to its section; <c>file</c> is always there.</summary>
    public required IReadOnlyDictionary<string, PartSection> Targets { get; init; }

    /// <summary>NAME of <c>[Format-NAME]</c> to its section; <c>classic</c> is always there.</summary>
    public required IReadOnlyDictionary<string, PartSection> Formats { get; init; }

    /// <summary>The sections that plugins bring, by name.</summary>
    public required IReadOnlyDictionary<string, PartSection> PluginSections { get; init; }

    /// <summary>Permission bits of new log files, without write for others.</summary>
    public UnixFileMode FileMode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Permission bits of new directories, without write for others.</summary>
    public UnixFileMode DirectoryMode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Whether site.ini asks for log files that others may write to. They are not made so, but not refused either where they are.</summary>
    public bool OthersMayWriteFiles { get; init; }

    /// <summary>The same of directories.</summary>
    public bool OthersMayWriteDirectories { get; init; }

    public DateTimeZone TimeZone { get; init; } = DateTimeZone.Utc;

    public string AnonymousUserId { get; init; } = "10";

    public FunctionSettings ForFunction(string name) => Functions.GetValueOrDefault(name, Defaults);

    /// <summary>Whether the records of a classic file say their function: where several share it, unless all of them are eZ Publish's own.</summary>
    public bool NamesFunctions(string fileName)
    {
        string[] sharing = [.. FileNames.Where(file => file.Value.Value == fileName).Select(file => file.Key)];
        return sharing is not ([] or [not "*"]) && !sharing.All(EzFunctions.Contains);
    }

    public RotationSettings ForFile(string fileName) => FileRotation.GetValueOrDefault(fileName, Rotation);
}
