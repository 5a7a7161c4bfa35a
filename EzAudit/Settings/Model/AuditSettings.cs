using EzAudit.Settings.Ini;
using NodaTime;

namespace EzAudit.Settings.Model;

/// <summary>What audit.ini and site.ini say, read, merged and checked: one immutable snapshot.</summary>
internal sealed record AuditSettings
{
    /// <summary>The directory that holds <c>settings/</c>, absolute.</summary>
    public required string Root { get; init; }

    public bool Enabled { get; init; }

    /// <summary>VarDir and LogDir joined, <c>..</c> and <c>.</c> taken out, relative to the root, separated by <c>/</c>: <c>var/log/audit</c>. Empty for the root itself.</summary>
    public string LogDirectory { get; init; } = "var/log/audit";

    /// <summary>Function to file name, exact; <c>*</c> stands for every function not named.</summary>
    public required IReadOnlyDictionary<string, Located<string>> FileNames { get; init; }

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
    public required IReadOnlyDictionary<string, ComponentSection> Targets { get; init; }

    /// <summary>NAME of <c>[Format-NAME]</c> to its section; <c>classic</c> is always there.</summary>
    public required IReadOnlyDictionary<string, ComponentSection> Formats { get; init; }

    /// <summary>The sections that plugins bring, by name.</summary>
    public required IReadOnlyDictionary<string, ComponentSection> PluginSections { get; init; }

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

/// <summary>The ten functions of eZ Publish. A file that only they share stays as eZ Publish writes it, byte for byte.</summary>
internal static class EzFunctions
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "user-login", "user-failed-login", "content-delete", "content-move", "content-hide",
        "role-change", "role-assign", "section-assign", "state-assign", "order-delete",
    };

    public static bool Contains(string function) => Names.Contains(function);
}

/// <summary>How large a record may be; what is over is cut and marked.</summary>
internal sealed record RecordLimits
{
    public int MaxFieldBytes { get; init; } = 1 << 20;

    public int MaxRecordBytes { get; init; } = 4 << 20;

    public int MaxFields { get; init; } = 1000;
}

/// <summary>What happens when a function that has no file name is written.</summary>
internal enum UnknownFunctionPolicy
{
    Ignore,
    Report,
    Throw,
}
