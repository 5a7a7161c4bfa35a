using EzAudit.Records;

namespace EzAudit.Cli.Output;

/// <summary>A bar on standard error for what takes more than a second; only where people look, and where it disturbs nothing.</summary>
internal sealed class Progress : IDisposable
{
    private const int BarWidth = 40;
    private const int IntervalMs = 200;
    private const int SilenceMs = 1000;

    private readonly Terminal _terminal;
    private readonly Timer? _timer;
    private readonly Lock _gate = new();
    private bool _isShown;
    private bool _isOver;

    private Progress(Terminal terminal, bool isWanted)
    {
        _terminal = terminal;
        if (isWanted) _timer = new Timer(_ => Show(), null, SilenceMs, IntervalMs);
    }

    /// <summary>What the reading is given to fill.</summary>
    public AuditReadProgress Reading { get; } = new();

    /// <param name="terminal">Where it goes.</param>
    /// <param name="isQuietMeanwhile">Whether nothing is written to the same screen until it is over.</param>
    public static Progress Start(Terminal terminal, bool isQuietMeanwhile) =>
        new(terminal, terminal.HasErrorForPeople && (isQuietMeanwhile || !terminal.IsForPeople));

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _isOver = true;
            if (_isShown) _terminal.Error.Write("\r\u001b[K");
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            long total = Reading.TotalBytes;
            if (_isOver || total <= 0) return;
            double part = Math.Clamp((double)Reading.BytesRead / total, 0, 1);
            int done = (int)(part * BarWidth);
            _terminal.Error.Write($"\r[{new string('#', done)}{new string('.', BarWidth - done)}] {part * 100:0} % of {total >> 20} MiB");
            _isShown = true;
        }
    }
}
