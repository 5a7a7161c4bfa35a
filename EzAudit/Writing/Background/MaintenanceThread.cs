using System.Diagnostics;

namespace EzAudit.Writing.Background;

/// <summary>Does all periodic work of a writer on one thread, each piece of it when it is due.</summary>
/// <remarks>
/// A thread and not a timer: timers fire on the thread pool, and a pool that is starved by blocked requests would keep audit from being switched
/// on. Whatever is done here holds up the rest, so work that a disk can hang in is sent out as an <see cref="Errand"/>.
/// </remarks>
internal sealed class MaintenanceThread : IDisposable
{
    /// <summary>Returned by work that is done when it is asked for, not before.</summary>
    public static readonly TimeSpan WhenAsked = Timeout.InfiniteTimeSpan;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Action<Exception> _failed;
    private volatile Duty[] _duties = [];
    private volatile bool _isStopped;
    private Thread? _thread;

    /// <param name="failed">Hears of an exception that a piece of work let out; must not throw.</param>
    public MaintenanceThread(Action<Exception> failed) => _failed = failed;

    /// <summary>Begins. At the start of the writer: a process that has run out of descriptors gets no thread, and its open files must still be written.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_isStopped || _thread is not null) return;
            _thread = new Thread(Run) { IsBackground = true, Name = "EzAudit upkeep" };
            _thread.Start();
        }
    }

    /// <summary>Adds work that is first done <paramref name="delay"/> from now; it returns how long afterwards it is due again.</summary>
    /// <returns>Asks for the work at once, from any thread.</returns>
    public Action Add(Func<TimeSpan> work, TimeSpan delay)
    {
        var duty = new Duty(work, delay);
        lock (_gate) _duties = [.. _duties, duty];
        _wake.Set();
        return () =>
        {
            duty.IsAsked = true;
            if (!_isStopped) _wake.Set();
        };
    }

    /// <summary>Stops behind the work that is being done, waiting for it a few seconds; the event is left to the garbage collector, as others may still ask.</summary>
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
            // Rounded up: who wakes a fraction of a millisecond early would turn on the spot until then.
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
            // It is due again soon. Nothing can be reported without memory, and an exception let out here would end the process.
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

        public volatile bool IsAsked;

        public bool IsDue => IsAsked || Left <= TimeSpan.Zero;

        public TimeSpan Left => IsAsked ? TimeSpan.Zero : _delay == WhenAsked ? TimeSpan.MaxValue : _delay - Stopwatch.GetElapsedTime(_since);

        public void Do()
        {
            // Before the work: who asks while it is being done has it done again.
            IsAsked = false;
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
