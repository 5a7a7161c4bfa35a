using EzAudit.Settings;
using EzAudit.Storage;
using NodaTime;

namespace EzAudit.Composition;

/// <summary>All that the settings say about one log file: two readings that agree in it can write to the same open file.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Label">What it is called in health and figures.</param>
/// <param name="Format">The name of its format.</param>
/// <param name="Framing">How that format lays records in it, as text.</param>
internal sealed record LogFileKey(string Path, string Label, string Format, string Framing)
{
    public required RotationSettings Rotation { get; init; }

    public required AccessRule Access { get; init; }

    public required DateTimeZone TimeZone { get; init; }
}
