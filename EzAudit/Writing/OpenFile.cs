using EzAudit.Sealing;
using EzAudit.Settings.Model;
using EzAudit.Storage.Appending;
using EzAudit.Storage.Linux;
using NodaTime;

namespace EzAudit.Writing;

/// <summary>A log file shared by routes, with its format and monitor.</summary>
/// <param name="Directory">Its directory.</param>
/// <param name="Name">Its name in the directory.</param>
/// <param name="Log">The file.</param>
/// <param name="Format">The name of its format.</param>
/// <param name="Monitor">Its state.</param>
internal sealed record OpenFile(string Directory, string Name, LogFile Log, string Format, TargetMonitor Monitor)
{
    /// <summary>Seals its directory; <see langword="null"/> if sealing is off.</summary>
    public Sealer? Sealer { get; init; }
}

/// <summary>Everything the settings say about one log file.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Label">Its name in health reports and metrics.</param>
/// <param name="Format">The name of its format.</param>
/// <param name="Framing">How the format delimits records, as text.</param>
internal sealed record LogFileKey(string Path, string Label, string Format, string Framing)
{
    public required RotationSettings Rotation { get; init; }

    public required AccessRule Access { get; init; }

    public required DateTimeZone TimeZone { get; init; }

    /// <summary>The legal holds of its rotated files, as text.</summary>
    public string Holds { get; init; } = "";

    /// <summary>How its directory is sealed; <see langword="null"/> if it is not.</summary>
    public SealKey? Seal { get; init; }
}

/// <summary>Everything the settings say about sealing one directory.</summary>
/// <param name="Directory">The log directory, absolute.</param>
/// <param name="Settings">The settings of sealing, signer and anchors, as text.</param>
internal sealed record SealKey(string Directory, string Settings);
