using EzAudit.Records;

namespace EzAudit.Reading.Files;

/// <summary>The files of a log, opened together: for each source the rotated files and the current one, oldest first.</summary>
internal sealed class LogFiles : IDisposable
{
    private LogFiles(IReadOnlyList<IReadOnlyList<LogMember>> sets, IReadOnlyList<LogMember> others, IReadOnlyList<LogSource> sources)
    {
        Sets = [.. sets, .. others.Select(IReadOnlyList<LogMember> (other) => [other])];
        Others = others;
        Sources = sources.Zip(sets);
    }

    /// <summary>Sets of files whose order is known; each file that another tool rotated is a set of its own.</summary>
    public IReadOnlyList<IReadOnlyList<LogMember>> Sets { get; }

    /// <summary>Files that other tools rotated.</summary>
    public IReadOnlyList<LogMember> Others { get; }

    public IEnumerable<LogMember> Members => Sets.SelectMany(set => set);

    /// <summary>The sources with their files; empty for a stream.</summary>
    public IEnumerable<(LogSource Source, IReadOnlyList<LogMember> Files)> Sources { get; }

    /// <summary>Files that exist but are not read, each with its source.</summary>
    public IReadOnlyList<(LogSource Source, AuditLogProblem Problem)> Unread { get; private init; } = [];

    /// <summary>A stream, which stays open.</summary>
    public static LogFiles OfStream(LogMember stream) => new([[stream]], [], []);

    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public static LogFiles Open(IEnumerable<LogSource> sources)
    {
        var sets = new List<IReadOnlyList<LogMember>>();
        var others = new List<LogMember>();
        var unread = new List<(LogSource, AuditLogProblem)>();
        try
        {
            LogSource[] all = [.. sources];
            foreach (LogSource source in all)
            {
                var problems = new List<AuditLogProblem>();
                sets.Add(LogFinder.Open(source, problems));
                others.AddRange(LogFinder.OpenForeign(source, problems));
                if (source.IsOnlyPlace) problems.AddRange(sets[^1].Where(member => member.File is { CanRead: false, Length: > 0 }).Select(NotReadBack));
                unread.AddRange(problems.Select(problem => (source, problem)));
            }
            return new LogFiles(sets, others, all) { Unread = unread };
        }
        catch
        {
            foreach (LogMember member in sets.SelectMany(set => set).Concat(others)) member.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (LogMember member in Members.Where(member => member.CanReadAgain)) member.Dispose();
    }

    private static AuditLogProblem NotReadBack(LogMember member) =>
        LogFinder.Unread(member.File.Path, "not read: its format cannot be read back, and its functions have no other file");
}
