using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sources;

namespace EzAudit.Settings.Sections;

/// <summary>Reads <c>[RedactionSettings]</c> and the key file that it names.</summary>
internal sealed class RedactionSection(MergedIni audit, SettingsSource source, SettingsProblems problems)
{
    private const int LeastBytes = 32;
    private const int MostBytes = 4096;
    private const string Expected = "a file of 32 to 4096 bytes that only its owner, or its owner and group, can read";

    public RedactionSettings Read()
    {
        var values = new SectionValues(audit, SettingsSchema.Redaction, problems);
        RedactionMode mode = values.Read("Mode", ValueRules.RedactionMode, RedactionMode.Mask);
        return new RedactionSettings
        {
            Fields = values.ReadList("Fields", []),
            Cards = values.Read("Cards", ValueRules.Cards, CardSearch.Text),
            Mode = mode,
            Key = mode == RedactionMode.Hmac ? ReadKey(values) : default,
        };
    }

    private byte[] ReadKey(SectionValues values)
    {
        if (!values.TryText("KeyFile", out LocatedText? file) || file.Value.Length == 0)
        {
            if (file is { Value.Length: 0 } || values.Find("KeyFile") is null)
                problems.Add(values.Find("Mode")!.Place, Quoted.Text("Mode=hmac"), "KeyFile=FILE beside it");
            return [];
        }
        if (TryReadKey(Path.Combine(source.Root, file.Value), out byte[] key, out string found)) return key;
        problems.Add(file.Place, $"key file {Quoted.Text(file.Value)}, {found}", Expected);
        return [];
    }

    private bool TryReadKey(string path, out byte[] key, out string found)
    {
        key = [];
        if (source.IsSpecialFile(path))
        {
            found = $"which is {FileContent.Special}";
            return false;
        }
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            // Checks the open file, not the path: the file that is checked is the one that is read.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
            {
                found = "which others can read or write";
                return false;
            }
            if (source.IsForeign(file.SafeFileHandle, source.Root))
            {
                found = "which belongs to another user";
                return false;
            }
            found = $"which has {file.Length} bytes";
            if (file.Length is < LeastBytes or > MostBytes) return false;
            key = new byte[file.Length];
            file.ReadExactly(key);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            found = failure is FileNotFoundException or DirectoryNotFoundException ? "which does not exist" : "which cannot be read";
            return false;
        }
    }
}
