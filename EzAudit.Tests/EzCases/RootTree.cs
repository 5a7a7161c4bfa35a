using System.Text;

namespace EzAudit.Tests.EzCases;

/// <summary>All files and directories below a root with their bytes and modes, without the settings.</summary>
internal sealed class RootTree
{
    private const UnixFileMode PlainDirectory = (UnixFileMode)0b111_101_101;

    // The settings are input. Names with this prefix are EzAudit's own files next to the log files.
    private static readonly string[] Inputs = ["settings", "extension"];
    private const string OwnFiles = ".ezaudit";

    public SortedDictionary<string, (byte[] Bytes, UnixFileMode? Mode)> Files { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, UnixFileMode?> Directories { get; } = new(StringComparer.Ordinal);

    public static RootTree Read(string root)
    {
        var tree = new RootTree();
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        foreach (string path in Directory.EnumerateFileSystemEntries(root, "*", everything))
        {
            string name = Path.GetRelativePath(root, path).Replace('\\', '/');
            string[] parts = name.Split('/');
            if (Inputs.Contains(parts[0]) || parts.Any(part => part.StartsWith(OwnFiles, StringComparison.Ordinal))) continue;
            if (Directory.Exists(path)) tree.Directories[name] = ModeOf(path);
            else tree.Files[name] = (File.ReadAllBytes(path), ModeOf(path));
        }
        return tree;
    }

    public static void MakeDirectory(string root, string path)
    {
        string directory = root;
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            directory = Path.Combine(directory, part);
            if (Directory.Exists(directory)) continue;
            Directory.CreateDirectory(directory);
            SetMode(directory, PlainDirectory);
        }
    }

    public static void MakeFile(string root, string path, string text, UnixFileMode mode)
    {
        if (path.LastIndexOf('/') is var slash and > 0) MakeDirectory(root, path[..slash]);
        string file = Path.Combine(root, path);
        File.WriteAllText(file, text);
        SetMode(file, mode);
    }

    /// <summary>Describes where another tree differs from this one; empty if they are equal.</summary>
    public IReadOnlyList<string> Differences(RootTree found)
    {
        var differences = new List<string>();
        differences.AddRange(Files.Keys.Except(found.Files.Keys).Select(name => $"{name}: found no file, expected one"));
        differences.AddRange(found.Files.Keys.Except(Files.Keys).Select(name => $"{name}: found a file, expected none"));
        differences.AddRange(Directories.Keys.Except(found.Directories.Keys).Select(name => $"{name}: found no directory, expected one"));
        differences.AddRange(found.Directories.Keys.Except(Directories.Keys).Select(name => $"{name}: found a directory, expected none"));
        foreach (string name in Files.Keys.Intersect(found.Files.Keys))
        {
            if (!Files[name].Bytes.AsSpan().SequenceEqual(found.Files[name].Bytes))
                differences.Add($"{name}: found\n{Show(found.Files[name].Bytes)}\nwanted\n{Show(Files[name].Bytes)}");
            AddMode(differences, name, Files[name].Mode, found.Files[name].Mode);
        }
        foreach (string name in Directories.Keys.Intersect(found.Directories.Keys))
            AddMode(differences, name, Directories[name], found.Directories[name]);
        return differences;
    }

    private static void AddMode(List<string> differences, string name, UnixFileMode? expected, UnixFileMode? found)
    {
        if (expected is not null && found is not null && expected != found)
            differences.Add($"{name}: found mode {Octal(found.Value)}, expected {Octal(expected.Value)}");
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    private static string Show(byte[] bytes)
    {
        const int enough = 4000;
        string text = Encoding.UTF8.GetString(bytes).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return text.Length <= enough ? text : text[^enough..];
    }

    private static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}
