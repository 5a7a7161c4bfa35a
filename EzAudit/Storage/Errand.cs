using System.Diagnostics;
using System.Globalization;

namespace EzAudit.Storage;

/// <summary>Runs work that may hang on a thread that lives only as long as the work; never runs it twice at the same time.</summary>
/// <remarks>Work that never returns, such as a call to a dead network mount, costs one thread and blocks nothing else.</remarks>
internal sealed class Errand(string name, Action work)
{
    private readonly Lock _gate = new();
    private Thread? _thread;

    /// <summary>Whether the work is still running.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate) return _thread is { IsAlive: true };
        }
    }

    /// <summary>Runs several pieces of work side by side. Returns when all are done or the time is up; hanging work is abandoned.</summary>
    /// <returns>The failures, in the order of the work; <see cref="TimeoutException"/> for each unfinished piece.</returns>
    public static IReadOnlyList<Exception> RunAll(IReadOnlyList<(string Name, Action Work)> pieces, TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        var failures = new Exception?[pieces.Count];
        Errand[] errands = [.. pieces.Select((piece, number) => new Errand($"EzAudit end of {piece.Name}", () => failures[number] = FailureOf(piece.Work)))];
        foreach (Errand errand in errands)
        {
            // If the process cannot start another thread, running on the caller's is better than not at all.
            if (!errand.TryStart()) errand.Run();
        }
        var found = new List<Exception>();
        for (int i = 0; i < errands.Length; i++)
        {
            TimeSpan left = patience - Stopwatch.GetElapsedTime(start);
            errands[i].Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            Exception? failure = errands[i].IsRunning
                ? new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{pieces[i].Name}: not done after {patience.TotalSeconds:0.###} s: it is slow or hangs."))
                : failures[i];
            if (failure is not null) found.Add(failure);
        }
        return found;
    }

    /// <summary>Starts the work, unless it is already running. Returns false if no thread can be started.</summary>
    public bool TryStart()
    {
        lock (_gate)
        {
            if (_thread is { IsAlive: true }) return true;
            var thread = new Thread(Run) { IsBackground = true, Name = name };
            try
            {
                thread.Start();
            }
            catch (Exception failure) when (failure is OutOfMemoryException or ThreadStartException)
            {
                return false;
            }
            _thread = thread;
            return true;
        }
    }

    private void Run()
    {
        try
        {
            work();
        }
        catch (OutOfMemoryException)
        {
            // The work will be requested again. An unhandled exception would end the process.
        }
    }

    /// <summary>Waits until the work is done, for at most <paramref name="patience"/>; returns at once on the work's own thread.</summary>
    public void Wait(TimeSpan patience)
    {
        Thread? thread;
        lock (_gate) thread = _thread;
        if (thread is not null && thread != Thread.CurrentThread) thread.Join(patience);
    }

    private static Exception? FailureOf(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
