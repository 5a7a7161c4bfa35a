using EzAudit.Records;

namespace EzAudit.Benchmarks.Web;

/// <summary>Counts the requests that a contender recorded.</summary>
internal static class WrittenRequests
{
    /// <summary>The number of requests in its log files, including rotated ones.</summary>
    /// <exception cref="InvalidDataException">A record is damaged.</exception>
    public static long Count(WebContender contender, string directory) => contender switch
    {
        WebContender.Without or WebContender.Context => 0,
        WebContender.Os or WebContender.OsContinue or WebContender.Queue => Files(directory).Sum(Records),
        WebContender.W3CLogger => Lines(directory, line => !line.StartsWith('#')),
        _ => Lines(directory, line => line.StartsWith("Method: ", StringComparison.Ordinal)),
    };

    // Hidden directories hold locks, not records.
    private static IEnumerable<string> Files(string directory) => Directory.EnumerateFiles(
        directory, $"*{Path.GetFileNameWithoutExtension(WebServer.LogFile)}*", new EnumerationOptions { RecurseSubdirectories = true });

    private static long Lines(string directory, Func<string, bool> isRequest) => Files(directory).Sum(file => File.ReadLines(file).LongCount(isRequest));

    private static long Records(string file)
    {
        using AuditLogReader log = AuditLogReader.OpenFiles([file]);
        var options = new AuditReadOptions { OnProblem = problem => throw new InvalidDataException(problem.ToString()) };
        return log.Search(AuditQuery.All, options).LongCount(found => found.Record["Path"] == "/" && found.Record["Status"] == "200");
    }
}
