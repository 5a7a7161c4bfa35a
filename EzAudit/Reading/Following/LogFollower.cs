using System.Runtime.CompilerServices;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;

namespace EzAudit.Reading.Following;

/// <summary>Gives new records of several places as they are written.</summary>
/// <param name="places">The places.</param>
/// <param name="test">Which records are wanted.</param>
/// <param name="wait">Waits until it is worth to look again.</param>
internal sealed class LogFollower(IReadOnlyList<LogSource> places, QueryMatcher test, Func<CancellationToken, ValueTask> wait)
{
    /// <param name="last">How many of the records that are there already are given first.</param>
    /// <param name="size">How files are cut for reading.</param>
    /// <param name="onProblem">Is told what is wrong.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<AuditFoundRecord> Follow(
        int last, ChunkSize size, Action<AuditLogProblem>? onProblem, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<FollowedSource> followed = [];
        try
        {
            // Opened once: what comes first ends where the following begins.
            var files = LogFiles.Open(places.Where(place => test.Functions.MayBeIn(place.Functions) && place.Format.CanRead));
            AuditFoundRecord[] first = Last(files, last, size, onProblem);
            foreach ((_, AuditLogProblem problem) in files.Unread) onProblem?.Invoke(problem);
            foreach (LogMember other in files.Others) other.Dispose();
            foreach ((LogSource place, IReadOnlyList<LogMember> members) in files.Places)
            {
                followed.Add(new FollowedSource(place));
                followed[^1].Start(members);
            }
            foreach (AuditFoundRecord record in first) yield return record;
            while (!cancellation.IsCancellationRequested)
            {
                List<AuditFoundRecord>[] news = [.. followed.Select(place => place.Look(test, onProblem).ToList())];
                foreach (AuditFoundRecord record in TimeMerge.Merge(news)) yield return record;
                if (!await Wait(cancellation).ConfigureAwait(false)) yield break;
            }
        }
        finally
        {
            foreach (FollowedSource place in followed) place.Dispose();
        }
    }

    private AuditFoundRecord[] Last(LogFiles files, int last, ChunkSize size, Action<AuditLogProblem>? onProblem)
    {
        if (last <= 0) return [];
        // Not disposed of: the files are followed next.
        var reading = new LogReading(files, test, size, progress: null, CancellationToken.None);
        var problems = new ProblemLists();
        AuditFoundRecord[] records = [.. reading.SearchBackwards(problems).Take(last).Reverse()];
        // A torn tail is, as far as one can see, a record that is just being written.
        foreach (AuditLogProblem problem in problems.All.Where(problem => problem.Kind != AuditLogProblemKind.TornTail)) onProblem?.Invoke(problem);
        return records;
    }

    private async ValueTask<bool> Wait(CancellationToken cancellation)
    {
        try
        {
            await wait(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
