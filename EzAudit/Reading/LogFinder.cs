using EzAudit.Extensibility;
using EzAudit.Formats.Json;
using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Reading;

/// <summary>Finds the files of a place, and opens them all together so that a rotation in between loses none.</summary>
internal static class LogFinder
{
    private const int MaxAttempts = 10;

    /// <summary>The files that are there, from the oldest to the newest.</summary>
    public static IReadOnlyList<AuditLogFile> List(LogPlace place)
    {
        var files = new List<AuditLogFile>();
        foreach (string path in PathsOf(place))
        {
            if (TryOpen(place, path) is not { } member) continue;
            files.Add(member.File);
            member.Dispose();
        }
        return files;
    }

    /// <summary>The files that are there, opened, from the oldest to the newest.</summary>
    public static IReadOnlyList<LogMember> Open(LogPlace place)
    {
        for (int attempt = 1; ; attempt++)
        {
            IReadOnlyList<string> before = PathsOf(place);
            LogMember[] members = [.. before.Select(path => TryOpen(place, path)).OfType<LogMember>()];
            // Rotation renames: what was opened under a name just before may be another file than the list meant.
            if (attempt == MaxAttempts || (members.Length == before.Count && before.SequenceEqual(PathsOf(place)) && members.All(IsStillThere))) return members;
            foreach (LogMember member in members) member.Dispose();
        }
    }

    /// <summary>One file, wherever it is, whose records lie in it as in those of a place.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static LogMember OpenFile(LogPlace place, string path) => TryOpen(place with { HasRotated = false }, path)!;

    /// <summary>Which file a path leads to; <see langword="null"/> when it leads to none.</summary>
    public static FileIdentity? Identify(string path)
    {
        using ILogDirectory directory = PlatformDirectory.At(Path.GetDirectoryName(Path.GetFullPath(path))!, UnixFileMode.None, UnixFileMode.None);
        return directory.Identify(Path.GetFileName(path));
    }

    private static IReadOnlyList<string> PathsOf(LogPlace place)
    {
        string directory = Path.GetDirectoryName(place.Path) is { Length: > 0 } above ? above : ".";
        string name = Path.GetFileName(place.Path);
        if (!place.HasRotated) return [place.Path];
        if (NamesIn(directory, name) is not { } names) return [];
        var rotated = new List<RotatedName>();
        foreach (string sibling in names)
        {
            if (RotatedName.TryParse(name, sibling, out RotatedName? parsed)) rotated.Add(parsed);
        }
        // A process that was stopped between compressing and deleting leaves both: they say the same.
        List<string> ordered = [.. RotatedName.FromNewest(rotated, place.Naming)
            .GroupBy(file => file with { IsCompressed = false })
            .Reverse()
            .Select(generation => generation.OrderBy(file => file.IsCompressed).First().ToString())];
        if (names.Contains(name)) ordered.Add(name);
        return [.. ordered.Select(file => file == name ? place.Path : Path.Combine(directory, file))];
    }

    // Directory.Exists says no of a directory that may not be looked into, and an audit trail that may not be read is not an empty one.
    private static List<string>? NamesIn(string directory, string start)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory, start + "*").Select(path => Path.GetFileName(path))];
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool IsStillThere(LogMember member) =>
        member.Identity is { } identity && Identify(member.File.Path) is { } now && now.IsSameFile(identity);

    private static LogMember? TryOpen(LogPlace place, string path)
    {
        // The same before and after: then it is that of the file that was opened.
        FileIdentity? before = Identify(path);
        try
        {
            PlainContent plain = PlainContent.Open(path);
            if (plain.Length is not { } length)
            {
                ForwardContent pipe = plain.ToForward();
                IAuditFormat ofPipe = place.IsFormatGuessed ? FormatGuess.Of(pipe, place.Format) : place.Format;
                return new LogMember(FileOf(place, path, ofPipe, isCompressed: false, 0), ofPipe, pipe, before);
            }
            bool isCompressed = GzipContent.IsCompressed(plain);
            ILogContent content = isCompressed ? new GzipContent(plain) : plain;
            IAuditFormat format = place.IsFormatGuessed ? FormatGuess.Of(content, place.Format) : place.Format;
            FileIdentity? identity = Identify(path) is { } after && before is { } same && same.IsSameFile(after) ? after : null;
            return new LogMember(FileOf(place, path, format, isCompressed, length), format, content, identity);
        }
        catch (FileNotFoundException) when (place.HasRotated)
        {
            return null;
        }
    }

    private static AuditLogFile FileOf(LogPlace place, string path, IAuditFormat format, bool isCompressed, long length) =>
        new(path, place.Functions, IsRotated: path != place.Path, isCompressed, length, format.CanRead, SaysFunctions: format is JsonFormat) { ByFields = place.ByFields };
}
