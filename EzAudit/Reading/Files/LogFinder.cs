using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Content;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;
using EzAudit.Storage.Rotating;

namespace EzAudit.Reading.Files;

/// <summary>Finds the files of a source and opens them all together, so that a rotation in between loses none.</summary>
internal static class LogFinder
{
    private const int MaxAttempts = 20;

    /// <summary>The existing files, oldest first, followed by those that other tools rotated.</summary>
    public static IReadOnlyList<AuditLogFile> List(LogSource source)
    {
        var files = new List<AuditLogFile>();
        foreach (string path in PathsOf(source).Concat(ForeignPaths(source)))
        {
            if (TryOpen(source, path, []) is not { } member) continue;
            files.Add(member.File);
            member.Dispose();
        }
        return files;
    }

    /// <summary>Opens the existing files, oldest first.</summary>
    /// <param name="source">The source.</param>
    /// <param name="unread">Receives the files that exist but are not read.</param>
    public static IReadOnlyList<LogMember> Open(LogSource source, ICollection<AuditLogProblem>? unread = null)
    {
        for (int attempt = 1; ; attempt++)
        {
            var problems = new List<AuditLogProblem>();
            IReadOnlyList<string> before = PathsOf(source);
            LogMember[] members = [.. before.Select(path => TryOpen(source, path, problems)).OfType<LogMember>()];
            // Rotation renames files: the file just opened under a name may not be the one that the list meant.
            bool isStable = members.Length + problems.Count == before.Count && before.SequenceEqual(PathsOf(source)) && members.All(IsStillThere);
            if (isStable || attempt == MaxAttempts)
            {
                foreach (AuditLogProblem problem in problems) unread?.Add(problem);
                if (!isStable) unread?.Add(Unread(source.Path, "rotated so often that its files could not be opened together; some may be missing"));
                return members;
            }
            foreach (LogMember member in members) member.Dispose();
        }
    }

    /// <summary>Opens the files that another tool rotated. Only their records tell their order.</summary>
    public static IReadOnlyList<LogMember> OpenForeign(LogSource source, ICollection<AuditLogProblem> unread) =>
        [.. ForeignPaths(source).Select(path => TryOpen(source, path, unread)).OfType<LogMember>()];

    /// <summary>Opens the log file itself or a file beside it; <see langword="null"/> if it does not exist.</summary>
    public static LogMember? TryOpenBeside(LogSource source, string name, ICollection<AuditLogProblem> unread) =>
        name == Path.GetFileName(source.Path) ? TryOpen(source, source.Path, unread) : TryOpen(source, Path.Combine(DirectoryOf(source), name), unread);

    /// <summary>The names of the files beside a log file that start with its name.</summary>
    public static IReadOnlyList<string> SiblingsOf(LogSource source) => NamesIn(DirectoryOf(source), Path.GetFileName(source.Path)) ?? [];

    /// <summary>Opens any single file whose records have the format of a source; <see langword="null"/> if the path is not a file or cannot be read.</summary>
    public static LogMember? TryOpenFile(LogSource source, string path) => IsFile(path) ? TryOpen(source with { HasRotated = false }, path, []) : null;

    public static AuditLogProblem Unread(string path, string found) => new(path, 0, 0, AuditLogProblemKind.Unread, found);

    /// <summary>The identity of the file at a path; <see langword="null"/> if there is none.</summary>
    public static FileIdentity? Identify(string path)
    {
        using ILogDirectory directory = CurrentPlatform.DirectoryAt(Path.GetDirectoryName(Path.GetFullPath(path))!, new AccessRule(UnixFileMode.None, UnixFileMode.None));
        return directory.Identify(Path.GetFileName(path));
    }

    private static IReadOnlyList<string> PathsOf(LogSource source)
    {
        string directory = DirectoryOf(source);
        string name = Path.GetFileName(source.Path);
        if (!source.HasRotated) return [source.Path];
        if (NamesIn(directory, name) is not { } names) return [];
        var rotated = new List<RotatedName>();
        foreach (string sibling in names)
        {
            if (RotatedName.TryParse(name, sibling, out RotatedName? parsed)) rotated.Add(parsed);
        }
        // A process that was stopped between compressing and deleting leaves both; their content is the same.
        List<string> ordered = [.. RotatedName.FromNewest(rotated, source.Naming)
            .GroupBy(file => file with { IsCompressed = false })
            .Reverse()
            .Select(generation => generation.OrderBy(file => file.IsCompressed).First().ToString())];
        if (names.Contains(name)) ordered.Add(name);
        return [.. ordered.Select(file => file == name ? source.Path : Path.Combine(directory, file))];
    }

    private static string DirectoryOf(LogSource source) => Path.GetDirectoryName(source.Path) is { Length: > 0 } above ? above : ".";

    private static IEnumerable<string> ForeignPaths(LogSource source)
    {
        if (!source.HasRotated) return [];
        string directory = DirectoryOf(source);
        string name = Path.GetFileName(source.Path);
        return (NamesIn(directory, Path.GetFileNameWithoutExtension(name)) ?? [])
            .Where(sibling => sibling != name && !RotatedName.TryParse(name, sibling, out _) && ForeignFile.IsNameOf(name, sibling))
            .Order(StringComparer.Ordinal)
            .Select(sibling => Path.Combine(directory, sibling))
            .Where(path => !source.Others.Contains(path));
    }

    // Directory.Exists returns false for a directory without access, but an inaccessible audit trail is not an empty one.
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

    // Opening a pipe or device in a log directory could block forever. One that the user names is read on purpose.
    private static bool IsFile(string path)
    {
        if (Identify(path) is not { } identity) return true;
        if (identity.IsRegular) return true;
        return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target && Identify(target.FullName) is { IsRegular: true };
    }

    private static LogMember? TryOpen(LogSource source, string path, ICollection<AuditLogProblem> unread)
    {
        if (source.HasRotated && !IsFile(path))
        {
            unread.Add(Unread(path, "not read: found a pipe, a device or a socket, or a link to one or to nothing, expected a file"));
            return null;
        }
        // The length belongs to the opened file only if the path leads to the same file before and after.
        FileIdentity? before = Identify(path);
        try
        {
            PlainContent plain = PlainContent.Open(path);
            if (plain.Length is not { } length)
            {
                ForwardContent pipe = plain.ToForward();
                IAuditFormat ofPipe = source.IsFormatGuessed ? FormatGuess.Of(pipe, source.Format) : source.Format;
                return new LogMember(FileOf(source, path, ofPipe, isCompressed: false, 0), ofPipe, pipe, before) { Window = source.Window };
            }
            if (ForeignFile.FindCompression(plain) is { } foreign)
            {
                plain.Dispose();
                unread.Add(Unread(path, foreign));
                return null;
            }
            bool isCompressed = GzipContent.IsCompressed(plain);
            ILogContent content = isCompressed ? new GzipContent(plain) : plain;
            IAuditFormat format = source.IsFormatGuessed ? FormatGuess.Of(content, source.Format) : source.Format;
            FileIdentity? identity = Identify(path) is { } after && before is { } same && same.IsSameFile(after) ? after : null;
            return new LogMember(FileOf(source, path, format, isCompressed, length), format, content, identity) { Window = source.Window };
        }
        catch (FileNotFoundException) when (source.HasRotated)
        {
            return null;
        }
    }

    private static AuditLogFile FileOf(LogSource source, string path, IAuditFormat format, bool isCompressed, long length) => new()
    {
        Path = path,
        Functions = source.Functions,
        IsRotated = path != source.Path,
        IsCompressed = isCompressed,
        Length = length,
        CanRead = format.CanRead,
        SaysFunctions = format is JsonFormat,
        ByFields = source.ByFields,
    };
}

/// <summary>Detects the format of a file that no settings describe by its first bytes: classic or json.</summary>
internal static class FormatGuess
{
    private const int StartLength = 4096;

    public static IAuditFormat Of(ILogContent content, IAuditFormat classic)
    {
        byte[] start = new byte[StartLength];
        return Of(start.AsSpan(0, content.Read(start, 0)), classic);
    }

    public static IAuditFormat Of(ForwardContent content, IAuditFormat classic) => Of(content.Peek(JsonSyntax.Start.Length), classic);

    private static IAuditFormat Of(ReadOnlySpan<byte> start, IAuditFormat classic) =>
        start.IndexOf(JsonSyntax.Start) >= 0 && ClassicHeader.Find(start, 0, start.Length) < 0 ? new JsonFormat() : classic;
}
