using EzAudit.Syslog.Settings;
using EzAudit.Syslog.Spooling;

namespace EzAudit.Syslog.Sending;

/// <summary>The thread that empties the spool: first what earlier runs left, then its own run as it grows. It retries forever, with backoff.</summary>
internal sealed class SendingThread : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // How often to look for what other processes left.
    private static readonly TimeSpan AdoptionInterval = TimeSpan.FromSeconds(5);

    // How long closing waits for the server to take the rest. Whatever it does not take stays in the spool.
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(3);

    private readonly SyslogSettings _settings;
    private readonly SpoolFolder _folder;
    private readonly SpoolWriter _writer;
    private readonly SpoolRun _own;
    private readonly ISender _sender;
    private readonly SendingPace _pace = new();
    private readonly ManualResetEventSlim _isDrained = new();
    private readonly Thread _thread;
    private readonly string _server;
    private volatile string? _trouble;
    private long _confirmed;
    private long _lookedForOthers = long.MinValue / 2;
    private int _failures;

    /// <param name="settings">Where the server is.</param>
    /// <param name="folder">The directory of this run; closed with the thread.</param>
    /// <param name="writer">The writer in that directory; closed with the thread.</param>
    public SendingThread(SyslogSettings settings, SpoolFolder folder, SpoolWriter writer)
    {
        _settings = settings;
        _folder = folder;
        _writer = writer;
        _server = settings.Transport == SyslogTransport.Unix ? settings.Host : $"{settings.Host}:{settings.Port}";
        _own = new SpoolRun(folder, () => writer.Written, settings.Report);
        _sender = settings.Transport is SyslogTransport.Tcp or SyslogTransport.Tls ? new StreamSender(settings, SetTrouble) : new DatagramSender(settings);
        _thread = new Thread(Run) { IsBackground = true, Name = "EzAudit syslog" };
        _thread.Start();
    }

    /// <summary>Why nothing is being sent; <see langword="null"/> if nothing is wrong.</summary>
    public string? Trouble => _trouble;

    /// <summary>Signals that there is something to send.</summary>
    public void Wake() => _pace.Wake();

    /// <summary>Waits until the server has everything now in the spool. False if that took too long or sending failed.</summary>
    public bool WaitUntilSent(TimeSpan patience)
    {
        long end = _writer.Written;
        long deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        _pace.Hurry(1);
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
            _pace.Hurry(-1);
        }
    }

    /// <summary>Sends the rest if the server takes it; otherwise leaves it in the spool.</summary>
    public void Dispose()
    {
        WaitUntilSent(ClosingPatience);
        _pace.Stop();
        if (!_thread.Join(ClosingPatience)) _sender.Abort();
        _thread.Join();
        _sender.Dispose();
        _pace.Dispose();
        _isDrained.Dispose();
        // Before its files are deleted: Windows does not delete open files.
        _writer.Dispose();
        if (_own.Confirmed >= _writer.Written) _own.Delete();
        else _own.Dispose();
    }

    private void Run()
    {
        while (!_pace.IsStopping)
        {
            if (Environment.TickCount64 - _lookedForOthers >= (long)AdoptionInterval.TotalMilliseconds) SendAbandonedRuns();
            else if (_own.IsAtEnd && _own.Confirmed >= _own.Position) _pace.Wait(() => !_own.IsAtEnd, AdoptionInterval);
            else TrySend(_own);
        }
    }

    private void SendAbandonedRuns()
    {
        _lookedForOthers = Environment.TickCount64;
        try
        {
            while (!_pace.IsStopping && SpoolFolder.TryAdopt(_settings.SpoolDirectory, out SpoolFolder? folder)) SendAll(folder);
            _writer.SetBytesOfOthers(_folder.BytesOfOthers());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays in place and is tried again later.
            _settings.Report($"{_settings.SpoolDirectory}: could not read what an earlier run left: {failure.Message}");
        }
    }

    private void SendAll(SpoolFolder folder)
    {
        using var run = new SpoolRun(folder, end: null, _settings.Report);
        while (true)
        {
            long before = run.Position;
            bool isSent = TrySend(run);
            if (_pace.IsStopping) return;
            if (isSent && run.Position == before && run.Confirmed == before) break;
        }
        run.Delete();
    }

    private bool TrySend(SpoolRun run)
    {
        try
        {
            _sender.Send(run, _pace);
            _trouble = null;
            _failures = 0;
            return true;
        }
        catch (Exception failure)
        {
            // Any exception would end the process on this thread, and the next attempt starts from scratch in any case.
            SetTrouble(failure.Message);
            run.GoBack();
            _pace.WaitOut(TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(_failures++, 10))));
            return false;
        }
        finally
        {
            if (run == _own)
            {
                Volatile.Write(ref _confirmed, run.Confirmed);
                _writer.Confirm(run.Confirmed);
            }
            _isDrained.Set();
        }
    }

    private void SetTrouble(string what)
    {
        string trouble = $"{_server}: {what}";
        bool isNew = Interlocked.Exchange(ref _trouble, trouble) != trouble;
        _isDrained.Set();
        if (isNew && _settings.ReportsTrouble) _settings.Report($"{trouble}; records wait in {_settings.SpoolDirectory}");
    }
}
