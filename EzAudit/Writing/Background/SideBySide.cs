using System.Diagnostics;
using System.Globalization;

namespace EzAudit.Writing.Background;

/// <summary>Runs actions that may hang, each on a thread of its own, so that none blocks the others or the caller forever.</summary>
internal static class SideBySide
{
    /// <summary>Returns when all are done or the time is up; hanging actions are abandoned.</summary>
    /// <returns>The failures, in the order of the actions; <see cref="TimeoutException"/> for each unfinished one.</returns>
    public static IReadOnlyList<Exception> Run(IReadOnlyList<(string Name, Action Act)> acts, TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        var failures = new List<Exception>();
        foreach (var (name, thread, work) in acts.Select(act => Start(act.Name, act.Act)).ToArray())
        {
            TimeSpan left = patience - Stopwatch.GetElapsedTime(start);
            bool isDone = thread is null || thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            Exception? failure = isDone ? work.Failure : new TimeoutException(string.Create(
                CultureInfo.InvariantCulture, $"{name}: not done after {patience.TotalSeconds:0.###} s: it is slow or hangs."));
            if (failure is not null) failures.Add(failure);
        }
        return failures;
    }

    private static (string Name, Thread? Thread, Work Work) Start(string name, Action act)
    {
        var work = new Work(act);
        var thread = new Thread(work.Run) { IsBackground = true, Name = $"EzAudit end of {name}" };
        try
        {
            thread.Start();
            return (name, thread, work);
        }
        catch (Exception failure) when (failure is OutOfMemoryException or ThreadStartException)
        {
            // The process cannot start another thread: running on the caller's is better than not at all.
            work.Run();
            return (name, null, work);
        }
    }

    private sealed class Work(Action act)
    {
        public Exception? Failure { get; private set; }

        public void Run()
        {
            try
            {
                act();
            }
            catch (Exception failure)
            {
                Failure = failure;
            }
        }
    }
}
