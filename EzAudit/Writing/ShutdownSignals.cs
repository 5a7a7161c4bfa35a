using System.Runtime.InteropServices;

namespace EzAudit.Writing;

/// <summary>Flushes records when the operating system ends a process without a host.</summary>
/// <remarks>
/// Since .NET 10 such a process ends at once, without <see cref="AppDomain.ProcessExit"/> (measured: 10.0.12, SIGTERM). The writer is
/// not closed: an application that handles the signal itself may continue.
/// </remarks>
internal sealed class ShutdownSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Action _flush;
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="flush">Flushes the records; must not throw.</param>
    public ShutdownSignals(Action flush)
    {
        _flush = flush;
        _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, _ => Flush()))];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    // On a separate thread: a hanging disk must not keep the process from ending.
    private void Flush()
    {
        var thread = new Thread(() => _flush()) { IsBackground = true, Name = "EzAudit end" };
        thread.Start();
        thread.Join(Patience);
    }
}
