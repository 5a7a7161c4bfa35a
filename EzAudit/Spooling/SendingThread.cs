using System.Runtime.ExceptionServices;
using EzAudit.Extensibility;
using Polly;
using Polly.Retry;

namespace EzAudit.Spooling;

/// <summary>The thread that empties the spool: first what earlier runs left, then its own run as it grows. It retries forever, with backoff and jitter.</summary>
internal sealed class SendingThread : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    // How often to look for what other processes left.
    private static readonly TimeSpan AdoptionInterval = TimeSpan.FromSeconds(5);

    // How long closing waits for the receiver to take the rest. Whatever it does not take stays in the spool.
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(3);

    private readonly SendingContext _context;
    private readonly AbandonedRuns _abandoned;
    private readonly SpoolWriter _writer;
    private readonly SpoolRun _own;
    private readonly IAuditSender _sender;
    private readonly Refusals _refusals;
    private readonly ResiliencePipeline _retry;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly ManualResetEventSlim _isDrained = new();
    private readonly Thread _thread;
    private volatile string? _trouble;
    private long _confirmed;
    private long _lookedForOthers = long.MinValue / 2;

    /// <param name="context">What the calls of the sender have in common; closed with the thread.</param>
    /// <param name="folder">The directory of this run; closed with the thread.</param>
    /// <param name="writer">The writer in that directory; closed with the thread.</param>
    /// <param name="sender">Sends the records; closed with the thread.</param>
    public SendingThread(SendingContext context, SpoolFolder folder, SpoolWriter writer, IAuditSender sender)
    {
        _context = context;
        _abandoned = new AbandonedRuns(context.Settings, folder);
        _writer = writer;
        _sender = sender;
        _own = new SpoolRun(folder, () => writer.Written, context.Settings.Report);
        _refusals = new Refusals(context);
        _retry = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            // By default, a cancellation is none; but a client may report its own timeout as one.
            ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Exception is not null),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstPause,
            MaxDelay = context.Settings.RetryMost,
        }).Build();
        _thread = new Thread(Run) { IsBackground = true, Name = $"EzAudit {context.Settings.Name}" };
        _thread.Start();
    }

    /// <summary>Why nothing is being sent; <see langword="null"/> if nothing is wrong.</summary>
    public string? Trouble => _trouble;

    /// <summary>The number of records that were refused for good.</summary>
    public long DeadLetters => _refusals.Count;

    private SendingPace Pace => _context.Pace;

    /// <summary>Signals that there is something to send.</summary>
    public void Wake() => Pace.Wake();

    /// <summary>Waits until the receiver has everything now in the spool. False if that took too long or sending failed.</summary>
    public bool WaitUntilSent(TimeSpan patience)
    {
        long end = _writer.Written;
        long deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        Pace.Hurry(1);
        try
        {
            while (Volatile.Read(ref _confirmed) < end && _trouble is null)
            {
                long left = deadline - Environment.TickCount64;
                if (left <= 0) return false;
                // Short waits, because another waiting caller may reset the event.
                _isDrained.Reset();
                if (Volatile.Read(ref _confirmed) < end) _isDrained.Wait(TimeSpan.FromMilliseconds(Math.Min(left, 100)));
            }
            return Volatile.Read(ref _confirmed) >= end;
        }
        finally
        {
            Pace.Hurry(-1);
        }
    }

    /// <summary>Sends the rest if the receiver takes it; otherwise leaves it in the spool.</summary>
    public void Dispose()
    {
        WaitUntilSent(ClosingPatience);
        Pace.Stop();
        _stopping.Cancel();
        if (!_thread.Join(ClosingPatience)) _aborted.Cancel();
        if (!_thread.Join(ClosingPatience))
        {
            // The run stays locked, and complete, until the process ends; the next one sends it.
            _context.Settings.Report($"{_context.Settings.Name}: the sender did not return within {ClosingPatience.TotalSeconds:0} s of being cancelled; records wait in {_context.Settings.Directory}");
            return;
        }
        CloseSender();
        Pace.Dispose();
        _isDrained.Dispose();
        _stopping.Dispose();
        _aborted.Dispose();
        // Before its files are deleted: Windows does not delete open files.
        _writer.Dispose();
        if (_own.Confirmed >= _writer.Written) _own.Delete();
        else _own.Dispose();
    }

    // Whatever a plugin throws must not keep the spool open.
    private void CloseSender()
    {
        try
        {
            _sender.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            _context.Settings.Report($"{_context.Settings.Name}: the sender could not be closed: {failure.Message}");
        }
    }

    private void Run()
    {
        while (!Pace.IsStopping)
        {
            try
            {
                _retry.Execute(static (thread, _) => thread.Round(), this, _stopping.Token);
            }
            catch (OperationCanceledException) when (Pace.IsStopping)
            {
                return;
            }
        }
    }

    // One attempt of the retry. An attempt that failed after the receiver had acknowledged something is not one of a series.
    private void Round()
    {
        if (Pace.IsStopping) return;
        bool isIdle = _own.IsAtEnd && _own.Confirmed >= _own.Position;
        if (Environment.TickCount64 - _lookedForOthers >= (long)AdoptionInterval.TotalMilliseconds) SendAbandonedRuns();
        else if (isIdle) Pace.Wait(() => !_own.IsAtEnd, AdoptionInterval);
        else Send(_own);
    }

    private void SendAbandonedRuns()
    {
        _lookedForOthers = Environment.TickCount64;
        while (!Pace.IsStopping && _abandoned.TryAdopt(out SpoolFolder? folder)) SendAll(folder);
        if (_abandoned.TryCountBytes() is { } bytes) _writer.SetBytesOfOthers(bytes);
    }

    private void SendAll(SpoolFolder folder)
    {
        using var run = new SpoolRun(folder, end: null, _context.Settings.Report);
        try
        {
            run.Refused.UnionWith(_refusals.NumbersOf(run));
            while (Send(run))
            {
                if (Pace.IsStopping) return;
            }
        }
        catch
        {
            // The rest is adopted again in the next attempt.
            _lookedForOthers = long.MinValue / 2;
            throw;
        }
        run.Delete();
    }

    // Returns whether there was something to send.
    private bool Send(SpoolRun run)
    {
        var sending = new SendingBatch(run, _context, OnProgress);
        try
        {
            if (!sending.TryBegin())
            {
                OnProgress(run, null);
                return false;
            }
            _sender.SendAsync(sending.Batch, _aborted.Token).AsTask().GetAwaiter().GetResult();
            sending.Batch.Confirm(sending.Batch.Total);
            OnProgress(run, null);
            sending.End(null);
        }
        catch (Exception failure)
        {
            // Any exception would end the process on this thread.
            sending.End(failure);
            OnFailure(run, sending, failure);
        }
        return true;
    }

    // Throws if the attempt is one of a series of failures.
    private void OnFailure(SpoolRun run, SendingBatch sending, Exception failure)
    {
        bool isProgress = sending.Batch.Confirmed > 0;
        bool isMoved = failure is AuditRejectedException refused && _refusals.TryAdd(run, refused, out failure!);
        run.GoBack();
        if (isMoved) return;
        _context.Failures = isProgress ? 1 : _context.Failures + 1;
        SetTrouble(failure.Message);
        if (!isProgress) ExceptionDispatchInfo.Throw(failure);
        Pace.WaitOut(FirstPause);
    }

    private void OnProgress(SpoolRun run, string? trouble)
    {
        if (trouble is not null) SetTrouble(trouble);
        else
        {
            _trouble = null;
            _context.Failures = 0;
        }
        if (run == _own)
        {
            Volatile.Write(ref _confirmed, run.Confirmed);
            _writer.Confirm(run.Confirmed);
        }
        _isDrained.Set();
    }

    private void SetTrouble(string trouble)
    {
        bool isNew = Interlocked.Exchange(ref _trouble, trouble) != trouble;
        _isDrained.Set();
        if (isNew && _context.Settings.ReportsTrouble) _context.Settings.Report($"{trouble}; records wait in {_context.Settings.Directory}");
    }
}
