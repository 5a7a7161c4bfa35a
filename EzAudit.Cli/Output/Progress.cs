using EzAudit.Records;

namespace EzAudit.Cli.Output;

/// <summary>A progress bar on standard error, shown on a terminal after a second; it is erased while other output is written to the same terminal.</summary>
internal sealed class Progress : IProgress<AuditReadProgress>, IDisposable
{
    private const int BarWidth = 40;
    private const int IntervalMs = 200;
    private const int SilenceMs = 1000;

    private readonly Terminal _terminal;
    private readonly Timer? _timer;
    private readonly Lock _gate = new();
    private long _quietUntil;
    private volatile bool _isShown;
    private volatile AuditReadProgress _read = new();
    private bool _isOver;

    private Progress(Terminal terminal)
    {
        _terminal = terminal;
        if (terminal.IsErrorTerminal) _timer = new Timer(_ => Show(), null, SilenceMs, IntervalMs);
    }

    public static Progress Start(Terminal terminal) => new(terminal);

    public void Report(AuditReadProgress value) => _read = value;

    /// <summary>Must be called before writing to the terminal: hides the bar, which returns after a second without output.</summary>
    public void Hide()
    {
        if (_timer is null) return;
        Volatile.Write(ref _quietUntil, Environment.TickCount64 + SilenceMs);
        if (!_isShown) return;
        lock (_gate) Erase();
    }

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _isOver = true;
            Erase();
        }
    }

    private void Erase()
    {
        if (_isShown) _terminal.Error.Write("\r\u001b[K");
        _isShown = false;
    }

    private void Show()
    {
        lock (_gate)
        {
            (long read, long total) = (_read.BytesRead, _read.TotalBytes);
            if (_isOver || total <= 0 || Environment.TickCount64 < Volatile.Read(ref _quietUntil)) return;
            double part = Math.Clamp((double)read / total, 0, 1);
            int done = (int)(part * BarWidth);
            _terminal.Error.Write($"\r[{new string('#', done)}{new string('.', BarWidth - done)}] {part * 100:0} % of {total >> 20} MiB");
            _isShown = true;
        }
    }
}
