using EzAudit.Settings.Ini;
using NodaTime;

namespace EzAudit.Settings.Model;

/// <summary>The settings of audit.ini and site.ini, read, merged and checked: one immutable snapshot.</summary>
internal sealed record AuditSettings
{
    // A file shared only by these keeps eZ Publish's format byte for byte.
    private static readonly HashSet<string> EzFunctions = new(StringComparer.Ordinal)
    {
        "user-login", "user-failed-login", "content-delete", "content-move", "content-hide",
        "role-change", "role-assign", "section-assign", "state-assign", "order-delete",
    };

    /// <summary>The directory that holds <c>settings/</c>, absolute.</summary>
    public required string Root { get; init; }

    public bool Enabled { get; init; }

    /// <summary>VarDir and LogDir joined and normalized, relative to the root, separated by <c>/</c>: <c>var/log/audit</c>. Empty for the root itself.</summary>
    public string LogDirectory { get; init; } = "var/log/audit";

    /// <summary>The file name of each function; <c>*</c> stands for every function not named.</summary>
    public required IReadOnlyDictionary<string, LocatedText> FileNames { get; init; }

    public UnknownFunctionPolicy OnUnknownFunction { get; init; } = UnknownFunctionPolicy.Report;

    public RecordLimits Limits { get; init; } = new();

    public FunctionSettings Defaults { get; init; } = new();

    /// <summary>The functions with a section of their own, defaults filled in.</summary>
    public required IReadOnlyDictionary<string, FunctionSettings> Functions { get; init; }

    public RotationSettings Rotation { get; init; } = new();

    /// <summary>The log files with a rotation section of their own, defaults filled in.</summary>
    public required IReadOnlyDictionary<string, RotationSettings> FileRotation { get; init; }

    public DiskSettings Disk { get; init; } = new();

    public RedactionSettings Redaction { get; init; } = new();

    public required SealSettings Seal { get; init; }

    /// <summary>The legal holds, in the order of the files.</summary>
    public IReadOnlyList<HoldSettings> Holds { get; init; } = [];

    /// <summary>The sections <c>[Target-NAME]</c> by NAME; <c>file</c> always exists.</summary>
    public required IReadOnlyDictionary<string, ComponentSection> Targets { get; init; }

    /// <summary>The sections <c>[Format-NAME]</c> by NAME; <c>classic</c> always exists.</summary>
    public required IReadOnlyDictionary<string, ComponentSection> Formats { get; init; }

    /// <summary>The sections <c>[Anchor-NAME]</c> by NAME, and the types that need no section.</summary>
    public required IReadOnlyDictionary<string, ComponentSection> Anchors { get; init; }

    /// <summary>The sections <c>[Signer-NAME]</c> by NAME.</summary>
    public required IReadOnlyDictionary<string, ComponentSection> Signers { get; init; }

    /// <summary>The sections that plugins define, by name.</summary>
    public required IReadOnlyDictionary<string, ComponentSection> PluginSections { get; init; }

    /// <summary>Permission bits of new log files, without write permission for others.</summary>
    public UnixFileMode FileMode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Permission bits of new directories, without write permission for others.</summary>
    public UnixFileMode DirectoryMode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Whether site.ini asks for log files that others may write to. EzAudit does not create such files but accepts existing ones.</summary>
    public bool OthersMayWriteFiles { get; init; }

    /// <summary>Whether site.ini asks for directories that others may write to.</summary>
    public bool OthersMayWriteDirectories { get; init; }

    public DateTimeZone TimeZone { get; init; } = DateTimeZone.Utc;

    public string AnonymousUserId { get; init; } = "10";

    /// <summary>The directory of a file target, absolute.</summary>
    public string DirectoryOf(ComponentSection target) => Path.GetFullPath(Path.Combine(Root, target.Text(ComponentSection.Directory) ?? LogDirectory));

    public FunctionSettings ForFunction(string name) => Functions.GetValueOrDefault(name, Defaults);

    /// <summary>Whether the records of a classic file state their function: if several share it, unless all of them are eZ Publish's own.</summary>
    public bool NamesFunctions(string fileName)
    {
        string[] sharing = [.. FileNames.Where(file => file.Value.Value == fileName).Select(file => file.Key)];
        return sharing is not ([] or [not "*"]) && !sharing.All(EzFunctions.Contains);
    }

    public RotationSettings ForFile(string fileName) => FileRotation.GetValueOrDefault(fileName, Rotation);
}

/// <summary>How much free space the disks with log files should have: <c>[DiskSettings]</c>. Sizes in bytes; 0 turns each limit off.</summary>
internal sealed record DiskSettings
{
    /// <summary>Below this, an operator should free space.</summary>
    public long LowSpace { get; init; } = 64 << 20;

    /// <summary>Below this, records will soon not be stored.</summary>
    public long CriticalSpace { get; init; } = 8 << 20;

    /// <summary>The reserve for mandatory functions: below this, functions with <c>OnFailure=continue</c> are not written.</summary>
    public long Reserve { get; init; }
}

/// <summary>The maximum size of a record; anything beyond it is truncated and marked.</summary>
internal sealed record RecordLimits
{
    public int MaxFieldBytes { get; init; } = 1 << 20;

    public int MaxRecordBytes { get; init; } = 4 << 20;

    public int MaxFields { get; init; } = 1000;
}

/// <summary>What happens when a record of a function without a file name is written.</summary>
internal enum UnknownFunctionPolicy
{
    Ignore,
    Report,
    Throw,
}
