using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>The thread of a sealer: writes the lines of records that no caller waits for, signs the ledger once a second, and sleeps while nothing happens.</summary>
internal sealed class SealThread(Sealer sealer, Adoption adoption, Checkpoints checkpoints, SealerOptions options) : IDisposable
{
    private const int RoundMs = 50;
    private const int SigningMs = 1000;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly AutoResetEvent _awake = new(false);
    private Thread? _thread;
    private volatile bool _isSleeping;
    private volatile bool _isCalled;
    private volatile bool _isStopping;
    private long _signedAt = Environment.TickCount64;

    /// <summary>Starts the thread, unless it runs: each reload of the settings starts what it shares with the reading before.</summary>
    public void Start()
    {
        if (_thread is not null) return;
        _thread = new Thread(Run) { IsBackground = true, Name = "EzAudit seal" };
        _thread.Start();
    }

    /// <summary>Called after each append; wakes the thread if it sleeps, or if there is much to do.</summary>
    public void Noticed(bool isMuch)
    {
        if (!_isSleeping && (!isMuch || _isCalled)) return;
        _isCalled = true;
        Wake();
    }

    public void Wake()
    {
        _isSleeping = false;
        _awake.Set();
    }

    /// <summary>Ends the thread, and signs what is left. The event is left to the garbage collector, because other threads may still set it.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _awake.Set();
        // Settings that are refused must leave no ledger and no key behind.
        if (!sealer.HasLedger) return;
        // A thread that hangs in the disk leaves the ledger unsigned; the next start adopts nothing, as its lines are written.
        if (_thread is { IsAlive: true } && !_thread.Join(StopPatience)) return;
        Try(() => sealer.SignNow(isLast: true));
    }

    private void Run()
    {
        while (!_isStopping)
        {
            _awake.WaitOne(_isSleeping ? Sleep() : TimeSpan.FromMilliseconds(RoundMs));
            if (_isStopping) return;
            try
            {
                Round();
            }
            catch (OutOfMemoryException)
            {
                // The work is due again at once. Nothing can be reported without memory.
            }
        }
    }

    private void Round()
    {
        bool isCalled = _isCalled;
        _isCalled = false;
        long now = Environment.TickCount64;
        bool isSigning = now - _signedAt >= SigningMs;
        bool isBusy = false;
        foreach (SealedFile file in sealer.Files)
        {
            if (!file.HasWaitingSince(long.MaxValue) && !(isSigning && file.Waiting.Count > 0)) continue;
            isBusy = true;
            if (isCalled || isSigning || file.HasWaitingSince(now - RoundMs)) Try(() => sealer.Seal(file));
        }
        if (!isSigning) return;
        _signedAt = now;
        bool isSigned = false;
        bool hasFailed = !Try(() => adoption.Look(sealer.Files)) | !Try(() => isSigned = checkpoints.Sign(sealer.Files));
        if (isBusy || isSigned || hasFailed || adoption.IsPending) return;
        _isSleeping = true;
        // A caller that appended just before did not see the thread asleep.
        if (sealer.Files.Any(file => file.HasWaitingSince(long.MaxValue))) _isSleeping = false;
    }

    private TimeSpan Sleep() => options.Epoch < LongestSleep ? options.Epoch : LongestSleep;

    private bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (StorageException failure)
        {
            checkpoints.Report(failure.Message);
            return false;
        }
    }
}
