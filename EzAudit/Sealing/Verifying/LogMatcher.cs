namespace EzAudit.Sealing.Verifying;

/// <summary>Determines which file each log file of the ledger is: names are hints, the content decides. Not thread-safe.</summary>
/// <param name="history">The ledger.</param>
/// <param name="listing">The files of the directory.</param>
internal sealed class LogMatcher(LedgerHistory history, LogListing listing) : IDisposable
{
    private const string Compressed = ".gz";

    private readonly Dictionary<ListedFile, LogContent> _contents = [];
    private readonly ILookup<string, ListedFile> _named = listing.Files.ToLookup(file => file.Name, StringComparer.Ordinal);

    /// <summary>The files in which log files were found.</summary>
    public IEnumerable<LogContent> Found => _contents.Values.Where(content => content.Logs.Count > 0).OrderBy(content => content.Name, StringComparer.Ordinal);

    /// <summary>The compressed files that turned out to be damaged.</summary>
    public int FailureCount => _contents.Values.Count(content => content.Failure is not null);

    /// <summary>Matches all log files. Called again after a compressed file turned out to be damaged: it contains nothing then.</summary>
    public void Match()
    {
        foreach (LogContent content in _contents.Values) content.Logs.Clear();
        foreach (LogEvidence log in history.Logs)
        {
            log.Content = null;
            if (log.First is { } first && CandidatesOf(log).FirstOrDefault(candidate => candidate.Contains(first)) is { } found) Assign(log, found);
        }
        foreach (LogEvidence log in history.Logs.Where(log => log is { Content: null, IsRemoved: false }))
        {
            if (ByName(log).FirstOrDefault(content => content.Logs.Count == 0) is { } named) Assign(log, named);
        }
        foreach (LogContent content in _contents.Values) content.EndMatching();
    }

    /// <summary>The files that a log file may be, the likeliest first.</summary>
    public IEnumerable<LogContent> CandidatesOf(LogEvidence log) => ByName(log)
        .Concat(listing.Files
            .Where(file => file.Name != log.Name && file.Name != log.Name + Compressed && (LogListing.IsNameOf(log.FirstName, file.Name) || LogListing.IsNameOf(log.Name, file.Name)))
            .Select(ContentOf));

    /// <summary>Files that are named like a log file, but in which none was found.</summary>
    public IEnumerable<(string Name, long Length)> FindUnknown()
    {
        foreach (ListedFile file in listing.Files.Where(file => file is { IsLate: false, IsGone: false, Identity.Length: > 0 }))
        {
            bool isFound = _contents.TryGetValue(file, out LogContent? content) && content.Logs.Count > 0;
            if (!isFound && !LogListing.IsHidden(file.Name) && IsNamedLikeALog(file.Name)) yield return (file.Name, file.Identity.Length);
        }
    }

    public void Dispose()
    {
        foreach (LogContent content in _contents.Values) content.Dispose();
    }

    private static void Assign(LogEvidence log, LogContent content)
    {
        log.Content = content;
        content.Logs.Add(log);
        // Now, because its length matters even if the ledger has no extent of it.
        if (!content.IsCompressed) content.TryOpenPlain(out _);
    }

    private IEnumerable<LogContent> ByName(LogEvidence log) =>
        _named[log.Name].Concat(_named[log.Name + Compressed]).OrderBy(file => file.IsGone).Select(ContentOf);

    private LogContent ContentOf(ListedFile file)
    {
        if (!_contents.TryGetValue(file, out LogContent? content)) _contents[file] = content = new LogContent(file);
        return content;
    }

    // Every start of the name that ends before a dot or a hyphen, instead of every name of a log file.
    private bool IsNamedLikeALog(string name)
    {
        for (int end = name.LastIndexOf('/') + 2; end <= name.Length; end++)
        {
            if ((end == name.Length || name[end] is '.' or '-') && history.Names.Contains(name[..end])) return true;
        }
        return false;
    }
}
