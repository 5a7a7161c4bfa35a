namespace EzAudit.Reading;

/// <summary>The files of a log, opened together: of each place the rotated ones and the current one, from the oldest to the newest.</summary>
internal sealed class LogFiles : IDisposable
{
    private LogFiles(IReadOnlyList<IReadOnlyList<LogMember>> sets, IReadOnlyList<LogPlace> places)
    {
        Sets = sets;
        Places = places.Zip(sets);
    }

    public IReadOnlyList<IReadOnlyList<LogMember>> Sets { get; }

    public IEnumerable<LogMember> Members => Sets.SelectMany(set => set);

    /// <summary>The places with their files; none for a stream.</summary>
    public IEnumerable<(LogPlace Place, IReadOnlyList<LogMember> Files)> Places { get; }

    /// <summary>A stream, which stays open.</summary>
    public static LogFiles OfStream(LogMember stream) => new([[stream]], []);

    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static LogFiles Open(IEnumerable<LogPlace> places)
    {
        var sets = new List<IReadOnlyList<LogMember>>();
        try
        {
            LogPlace[] all = [.. places];
            foreach (LogPlace place in all) sets.Add(LogFinder.Open(place));
            return new LogFiles(sets, all);
        }
        catch
        {
            foreach (LogMember member in sets.SelectMany(set => set)) member.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (LogMember member in Members.Where(member => member.CanReadAgain)) member.Dispose();
    }
}
