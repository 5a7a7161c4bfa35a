using System.Text;
using EzAudit.Records;
using EzAudit.Settings.Ini;

namespace EzAudit.Settings.Sources;

/// <summary>Reads the files for one document. Each is read from disk only once, so that the document describes one moment.</summary>
internal sealed class SettingsFiles(SettingsSource source)
{
    private readonly Dictionary<string, FileContent> _contents = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, FileContent> Contents => _contents;

    /// <summary>Reads the files that exist, lowest first; each in the charset of the previous one unless it names its own.</summary>
    public IReadOnlyList<IniFile> Read(IEnumerable<string> paths)
    {
        var files = new List<IniFile>();
        Encoding charset = IniCharset.Utf8;
        foreach (string path in paths.Distinct(StringComparer.Ordinal))
        {
            FileContent content = Content(path);
            if (content.Failure is { } failure)
            {
                files.Add(new IniFile(path, [], [], [new IniProblem(null, new AuditSettingsProblem(path, 0, failure, FileContent.Expected))]));
            }
            else if (content.Bytes is { } bytes)
            {
                IniText text = IniText.Decode(bytes, charset, path);
                charset = text.Charset;
                files.Add(IniFileParser.Parse(path, text));
            }
        }
        return files;
    }

    private FileContent Content(string path)
    {
        if (_contents.TryGetValue(path, out FileContent? content)) return content;
        content = FileContent.Read(Path.Combine(source.Root, path), source);
        _contents.Add(path, content);
        return content;
    }
}
