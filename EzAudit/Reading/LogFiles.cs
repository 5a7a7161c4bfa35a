namespace EzAudit.Reading;

/// <summary>The files of a log, opened together: of each place the rotated ones and the current one, from the oldest to the newest.</summary>
internal sealed class LogFiles(IReadOnlyList<IReadOnlyList<LogMember>> sets, bool isOwner = true) : IDisposable
{
    public IReadOnlyList<IReadOnlyList<LogMember>> Sets => sets;

    public IEnumerable<LogMember> Members => sets.SelectMany(set => set);

    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static LogFiles Open(IEnumerable<LogPlace> places)
    {
        var sets = new List<IReadOnlyList<LogMember>>();
        try
        {
            foreach (LogPlace place in places) sets.Add(LogFinder.Open(place));
            return new LogFiles(sets);
        }
        catch
        {
            foreach (LogMember member in sets.SelectMany(set => set)) member.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!isOwner) return;
        foreach (LogMember member in Members) member.Dispose();
    }
}
