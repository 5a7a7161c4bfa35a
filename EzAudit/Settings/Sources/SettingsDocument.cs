using System.Security.Cryptography;
using System.Text;
using EzAudit.Settings.Ini;

namespace EzAudit.Settings.Sources;

/// <summary>The settings files of a root, found, read and merged; their values are not yet checked.</summary>
internal sealed record SettingsDocument
{
    public required SettingsSource Source { get; init; }

    public required MergedIni Audit { get; init; }

    public required MergedIni Site { get; init; }

    /// <summary>The layers of audit.ini, lowest first; the host's configuration comes last.</summary>
    public required IReadOnlyList<IniFile> AuditLayers { get; init; }

    /// <summary>The layers of site.ini, lowest first; the host's configuration comes last.</summary>
    public required IReadOnlyList<IniFile> SiteLayers { get; init; }

    /// <summary>Every path that was looked for, relative to the root, with its stamp: a later difference is a reason to read again.</summary>
    public required IReadOnlyDictionary<string, string> Stamps { get; init; }

    /// <summary>The assemblies named in <c>[PluginSettings] Plugins[]</c>; the checker reports invalid names.</summary>
    public required IReadOnlyList<LocatedText> Plugins { get; init; }

    /// <summary>The files that were read, in order.</summary>
    public IReadOnlyList<string> Files => [.. SiteLayers.Concat(AuditLayers).Select(layer => layer.Name).Where(name => name != ConfigurationLayer.Name)];

    /// <summary>SHA-256 over everything that was read, hexadecimal: equal for two reads with the same content.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Stamps.OrderBy(stamp => stamp.Key, StringComparer.Ordinal).Select(stamp => $"{stamp.Key}={stamp.Value}")))));

    /// <summary>The paths to watch, relative to the root, including those where no file exists yet.</summary>
    public IReadOnlyList<string> Watched => [.. Stamps.Keys.Where(path => path != ConfigurationLayer.Name)];

    /// <summary>Whether any file configures auditing; otherwise it is off.</summary>
    public required bool HasAuditSettings { get; init; }
}
