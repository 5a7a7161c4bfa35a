using System.Runtime.CompilerServices;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;

namespace EzAudit.Reading.Following;

/// <summary>Returns new records of several sources as they are written.</summary>
/// <param name="sources">The sources.</param>
/// <param name="test">Decides which records match.</param>
/// <param name="wait">Waits until it is worth looking again.</param>
internal sealed class LogFollower(IReadOnlyList<LogSource> sources, QueryMatcher test, Func<CancellationToken, ValueTask> wait)
{
    /// <param name="last">How many of the existing records to return first.</param>
    /// <param name="size">How files are cut for reading.</param>
    /// <param name="onProblem">Receives each problem.</param>
    /// <param name="cancellation">Stops following.</param>
    public async IAsyncEnumerable<AuditFoundRecord> Follow(
        int last, ChunkSize size, Action<AuditLogProblem>? onProblem, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<FollowedSource> followed = [];
        try
        {
            // Opened once: following starts where the existing records end.
            var files = LogFiles.Open(sources.Where(source => test.MayBeIn(source.Functions) && source.Format.CanRead));
            AuditFoundRecord[] first = Last(files, last, size, onProblem);
            foreach ((_, AuditLogProblem problem) in files.Unread) onProblem?.Invoke(problem);
            foreach (LogMember other in files.Others) other.Dispose();
            foreach ((LogSource source, IReadOnlyList<LogMember> members) in files.Sources)
            {
                followed.Add(new FollowedSource(source));
                followed[^1].Start(members);
            }
            foreach (AuditFoundRecord record in first) yield return record;
            while (!cancellation.IsCancellationRequested)
            {
                List<AuditFoundRecord>[] news = [.. followed.Select(source => source.Look(test, onProblem).ToList())];
                foreach (AuditFoundRecord record in new TimeMerge().Merge(news)) yield return record;
                if (!await Wait(cancellation).ConfigureAwait(false)) yield break;
            }
        }
        finally
        {
            foreach (FollowedSource source in followed) source.Dispose();
        }
    }

    private AuditFoundRecord[] Last(LogFiles files, int last, ChunkSize size, Action<AuditLogProblem>? onProblem)
    {
        if (last <= 0) return [];
        // Not disposed: the files are followed next.
        var reading = new LogReading(files, test, size, progress: null, CancellationToken.None);
        var problems = new ProblemList();
        AuditFoundRecord[] records = [.. reading.Search(problems, isBackwards: true).Take(last).Reverse()];
        // A torn tail is presumably a record that is still being written.
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
