using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;

namespace EzAudit.Settings.Sections;

/// <summary>Reads <c>[SealSettings]</c>.</summary>
internal sealed class SealSection(MergedIni audit, ComponentSections components, SettingsProblems problems)
{
    private readonly SectionValues _values = new(audit, SettingsSchema.Seal, problems);

    /// <param name="root">The root, absolute.</param>
    /// <param name="logDirectory">The log directory, relative to the root or absolute.</param>
    /// <param name="fileNames">The log files of the functions.</param>
    public SealSettings Read(string root, string logDirectory, IReadOnlyDictionary<string, LocatedText> fileNames)
    {
        string logs = Path.GetFullPath(Path.Combine(root, logDirectory));
        var settings = new SealSettings { Origin = ReadOrigin(logs) };
        bool enabled = _values.Read("Seal", ValueRules.Seal, absent: false);
        if (enabled) RefuseFilesOfTheLedger(fileNames);
        return settings with
        {
            Enabled = enabled,
            KeyDirectory = ReadKeyDirectory(enabled, root, logs),
            LeafBytes = _values.Read("LeafBytes", ValueRules.LeafBytes, settings.LeafBytes),
            Epoch = _values.Read("Epoch", ValueRules.Epoch, settings.Epoch),
            Anchors = ReadAnchors(),
            AnchorInterval = _values.Read("AnchorInterval", ValueRules.AnchorInterval, settings.AnchorInterval),
            Signer = ReadSigner(),
        };
    }

    private string ReadKeyDirectory(bool enabled, string root, string logs)
    {
        if (_values.Find("KeyDir") is null)
        {
            if (enabled) problems.Add(_values.Find("Seal")!.Place, Quoted.Text("Seal=enabled"), "KeyDir=DIRECTORY beside it");
            return "";
        }
        if (!_values.TryText("KeyDir", out LocatedText? text)) return "";
        string? expected = text.Value.Length == 0 ? "a directory for the keys, outside of LogDir" : NameRules.CheckLogDir(text.Value);
        string path = expected is null ? Path.GetFullPath(Path.Combine(root, text.Value)) : "";
        // Log files are copied, shipped and read by many: a key among them would soon be known to others.
        if (expected is null && IsWithin(path, logs)) expected = "a directory outside of LogDir";
        if (expected is not null)
        {
            problems.Add(text.Place, Quoted.Text(text.Value), expected);
            return "";
        }
        _values.WarnAboutForeignSyntax(text, Quoted.Text(text.Value), "a directory");
        return path;
    }

    private static bool IsWithin(string path, string directory)
    {
        string relative = Path.GetRelativePath(directory, path);
        return relative == "." || !(Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    private List<string> ReadAnchors()
    {
        var anchors = new List<string>();
        if (!_values.TryEntries("Anchors", out IReadOnlyList<LocatedText>? entries)) return anchors;
        foreach (LocatedText entry in entries)
        {
            if (!components.Anchors.ContainsKey(entry.Value)) problems.Add(entry.Place, $"anchor {Quoted.Text(entry.Value)}", Choice(components.Anchors, $"[Anchor-{entry.Value}]"));
            else if (!anchors.Contains(entry.Value)) anchors.Add(entry.Value);
        }
        return anchors;
    }

    private string? ReadSigner()
    {
        if (!_values.TryText("Signer", out LocatedText? name) || name.Value.Length == 0) return null;
        if (components.Signers.ContainsKey(name.Value)) return name.Value;
        problems.Add(name.Place, $"signer {Quoted.Text(name.Value)}", Choice(components.Signers, $"[Signer-{name.Value}]"));
        return null;
    }

    private static string Choice(Dictionary<string, ComponentSection> known, string section) =>
        known.Count == 0 ? $"a section {Quoted.Text(section)}" : $"{Quoted.Choice(known.Keys)}, or a section {Quoted.Text(section)}";

    private string ReadOrigin(string logs)
    {
        if (_values.TryText("Origin", out LocatedText? text))
        {
            if (ValueRules.Origin.TryParse(text.Value, out string? origin)) return origin;
            problems.Add(text.Place, $"origin {Quoted.Text(text.Value)}", ValueRules.Origin.Expected);
        }
        // The names of a machine and of a directory follow other rules.
        string made = $"{Environment.MachineName}/{Path.GetFileName(logs)}";
        return string.Concat(made.Select(c => ValueRules.IsInOrigin(c) ? c : '-'));
    }

    private void RefuseFilesOfTheLedger(IReadOnlyDictionary<string, LocatedText> fileNames)
    {
        foreach (LocatedText file in fileNames.Values)
        {
            // Regardless of case, for file systems that ignore it.
            string first = file.Value.Split('/')[0];
            if (first.Equals(SealSettings.LedgerDirectory, StringComparison.OrdinalIgnoreCase))
                problems.Add(file.Place, $"file name {Quoted.Text(file.Value)}", $"a file name that is not {Quoted.Text(SealSettings.LedgerDirectory)} or below it, where the ledger is");
        }
    }
}
