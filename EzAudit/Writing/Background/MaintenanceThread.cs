using System.Diagnostics;

namespace EzAudit.Writing.Background;

/// <summary>Runs all periodic work of a writer on one thread, each piece when it is due.</summary>
/// <remarks>
/// A thread instead of a timer: timers fire on the thread pool, and if blocked requests starved the pool, audit could not be switched
/// on. Slow work delays all other work here, so work that may hang in a disk runs as an <see cref="Storage.Errand"/>.
/// </remarks>
internal sealed class MaintenanceThread : IDisposable
{
    /// <summary>Returned by work that runs only on request.</summary>
    public static readonly TimeSpan OnRequest = Timeout.InfiniteTimeSpan;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Action<Exception> _failed;
    private volatile Duty[] _duties = [];
    private volatile bool _isStopped;
    private Thread? _thread;

    /// <param name="failed">Called with any exception that work throws; must not throw.</param>
    public MaintenanceThread(Action<Exception> failed) => _failed = failed;

    /// <summary>Starts the thread, when the writer starts: a process that has run out of descriptors gets no thread later, but must still write its open files.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_isStopped || _thread is not null) return;
            _thread = new Thread(Run) { IsBackground = true, Name = "EzAudit upkeep" };
            _thread.Start();
        }
    }

    /// <summary>Adds work that first runs after <paramref name="delay"/>; it returns the time until its next run.</summary>
    /// <returns>An action that requests the work at once, from any thread.</returns>
    public Action Add(Func<TimeSpan> work, TimeSpan delay)
    {
        var duty = new Duty(work, delay);
        lock (_gate) _duties = [.. _duties, duty];
        _wake.Set();
        return () =>
        {
            duty.IsRequested = true;
            if (!_isStopped) _wake.Set();
        };
    }

    /// <summary>Stops after the current work, waiting a few seconds for it. The event is left to the garbage collector, because other threads may still set it.</summary>
    public void Dispose()
    {
        _isStopped = true;
        _wake.Set();
        if (_thread is not null && _thread != Thread.CurrentThread) _thread.Join(Patience);
    }

    private void Run()
    {
        while (!_isStopped)
        {
            TimeSpan rest = TimeSpan.MaxValue;
            foreach (Duty duty in _duties)
            {
                if (_isStopped) return;
                TimeSpan left = DoIfDue(duty);
                if (left < rest) rest = left;
            }
            if (rest == TimeSpan.MaxValue) _wake.WaitOne();
            // Rounded up: waking a fraction of a millisecond early would spin until the work is due.
            else _wake.WaitOne((int)Math.Ceiling(Math.Max(rest.TotalMilliseconds, 0)));
        }
    }

    private TimeSpan DoIfDue(Duty duty)
    {
        if (!duty.IsDue) return duty.Left;
        try
        {
            duty.Do();
        }
        catch (OutOfMemoryException)
        {
            // The work will soon be due again. Nothing can be reported without memory, and an unhandled exception would end the process.
        }
        catch (Exception failure)
        {
            _failed(failure);
        }
        return duty.Left;
    }

    private sealed class Duty(Func<TimeSpan> work, TimeSpan delay)
    {
        private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

        private long _since = Stopwatch.GetTimestamp();
        private TimeSpan _delay = delay;

        public volatile bool IsRequested;

        public bool IsDue => IsRequested || Left <= TimeSpan.Zero;

        public TimeSpan Left => IsRequested ? TimeSpan.Zero : _delay == OnRequest ? TimeSpan.MaxValue : _delay - Stopwatch.GetElapsedTime(_since);

        public void Do()
        {
            // Reset before the work, so that a request during the work runs it again.
            IsRequested = false;
            TimeSpan next = AfterFailure;
            try
            {
                next = work();
            }
            finally
            {
                _delay = next;
                _since = Stopwatch.GetTimestamp();
            }
        }
    }
}
