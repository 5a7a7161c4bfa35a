using System.Runtime.InteropServices;

namespace EzAudit.Writing;

/// <summary>Has records put on disk when the operating system tells a process without a host to end.</summary>
/// <remarks>
/// Since .NET 10 such a process ends on the spot, without <see cref="AppDomain.ProcessExit"/> (measured: 10.0.12, SIGTERM). The writer is
/// not closed: an application that handles the signal itself may live on.
/// </remarks>
internal sealed class ShutdownSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Action _flush;
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="flush">Puts the records on disk; must not throw.</param>
    public ShutdownSignals(Action flush)
    {
        _flush = flush;
        _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, _ => Flush()))];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    // On a thread of its own: a disk that hangs must not keep the process from ending.
    private void Flush()
    {
        var thread = new Thread(() => _flush()) { IsBackground = true, Name = "EzAudit end" };
        thread.Start();
        thread.Join(Patience);
    }
}
