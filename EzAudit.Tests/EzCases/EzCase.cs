using System.Text;
using System.Text.Json;

namespace EzAudit.Tests.EzCases;

/// <summary>A recorded run of eZ Publish: settings, calls, and the expected files. Its README says what each part means.</summary>
internal sealed class EzCase
{
    private readonly string _directory;
    private readonly JsonElement _case;
    private readonly JsonElement _verdict;
    private readonly JsonElement _recorded;

    public EzCase(string directory)
    {
        _directory = directory;
        _case = ReadJson("case.json");
        _verdict = ReadJson("ezaudit.json");
        _recorded = ReadJson("expected.json");
    }

    public EzVerdict Verdict => _verdict.GetProperty("verdict").GetString() switch
    {
        "same" => EzVerdict.Same,
        "differs" => EzVerdict.Differs,
        "settings-error" => EzVerdict.SettingsError,
        "error" => EzVerdict.Error,
        "skip" => EzVerdict.Skip,
        var other => throw new NotSupportedException($"{_directory}: found the verdict {other}, expected one that the README names."),
    };

    public string Why => _verdict.TryGetProperty("why", out JsonElement why) ? why.GetString()! : "";

    public string? SiteAccess => Text("siteaccess");

    public string? TimeZone => Text("timezone");

    public int MaxFileSize => Limit("max_size", 204800);

    public int MaxFiles => Limit("max_files", 3);

    public IEnumerable<EzCall> Calls => ReadJson("calls.json").EnumerateArray().Select(EzCall.Read);

    public IReadOnlyList<bool> Returns =>
        (Verdict == EzVerdict.Differs ? _verdict : _recorded).GetProperty("returns").EnumerateArray().Select(answer => answer.GetBoolean()).ToList();

    /// <summary>Creates the settings and the files that existed before eZ started.</summary>
    public void SetUp(string root)
    {
        Copy("settings", root);
        Copy("extension", root);
        if (!_case.TryGetProperty("setup", out JsonElement setup)) return;
        if (setup.TryGetProperty("dirs", out JsonElement directories))
        {
            foreach (JsonElement directory in directories.EnumerateArray()) RootTree.MakeDirectory(root, directory.GetString()!);
        }
        if (!setup.TryGetProperty("files", out JsonElement files)) return;
        foreach (JsonElement file in files.EnumerateArray())
        {
            string text = file.TryGetProperty("fill", out JsonElement fill)
                ? new string(fill.GetString()![0], file.GetProperty("size").GetInt32())
                : file.GetProperty("text").GetString()!;
            string mode = file.TryGetProperty("mode", out JsonElement given) ? given.GetString()! : "0666";
            RootTree.MakeFile(root, file.GetProperty("path").GetString()!, text, Mode(mode));
        }
    }

    /// <summary>The files that must exist below the root after the calls.</summary>
    public RootTree Expected()
    {
        var tree = new RootTree();
        foreach (JsonProperty directory in _recorded.GetProperty("dirs").EnumerateObject())
            tree.Directories[directory.Name] = Mode(directory.Value.GetString()!);
        JsonElement recordedFiles = _recorded.GetProperty("files");
        if (Verdict != EzVerdict.Differs)
        {
            foreach (JsonProperty file in recordedFiles.EnumerateObject())
                tree.Files[file.Name] = (File.ReadAllBytes(Path.Combine(_directory, "expected", file.Name)), Mode(file.Value.GetProperty("mode").GetString()!));
            return tree;
        }
        foreach (JsonProperty file in _verdict.GetProperty("files").EnumerateObject())
        {
            // A file that eZ did not write has no recorded mode.
            UnixFileMode? mode = recordedFiles.TryGetProperty(file.Name, out JsonElement recorded) ? Mode(recorded.GetProperty("mode").GetString()!) : null;
            tree.Files[file.Name] = (Encoding.UTF8.GetBytes(file.Value.GetString()!), mode);
            for (string above = Parent(file.Name); above.Length > 0; above = Parent(above)) tree.Directories.TryAdd(above, null);
        }
        return tree;
    }

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";

    // In every case: EzAudit never grants others the permission to write.
    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8) & ~UnixFileMode.OtherWrite;

    private string? Text(string key) => _case.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;

    private int Limit(string key, int usual) =>
        _case.TryGetProperty("limits", out JsonElement limits) && limits.TryGetProperty(key, out JsonElement value) ? value.GetInt32() : usual;

    private void Copy(string folder, string root)
    {
        string source = Path.Combine(_directory, folder);
        if (!Directory.Exists(source)) return;
        foreach (string file in Directory.EnumerateFiles(source, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            string copy = Path.Combine(root, Path.GetRelativePath(_directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private JsonElement ReadJson(string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_directory, name))).RootElement;
}
