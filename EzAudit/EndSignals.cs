using System.Runtime.InteropServices;

namespace EzAudit;

/// <summary>Has a writer's records put on disk when the operating system tells a process without a host to end.</summary>
/// <remarks>
/// Since .NET 10 such a process ends on the spot, without <see cref="AppDomain.ProcessExit"/> (measured: 10.0.12, SIGTERM). The writer is
/// not closed: an application that handles the signal itself may live on.
/// </remarks>
internal sealed class EndSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly AuditWriter _writer;
    private readonly PosixSignalRegistration[] _signals;

    public EndSignals(AuditWriter writer)
    {
        _writer = writer;
        _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, _ => Flush()))];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    // On a thread of its own: a disk that hangs must not keep the process from ending.
    private void Flush()
    {
        var thread = new Thread(TryFlush) { IsBackground = true, Name = "EzAudit end" };
        thread.Start();
        thread.Join(Patience);
    }

    private void TryFlush()
    {
        try
        {
            _writer.Flush();
        }
        catch (ObjectDisposedException)
        {
            // Closed in the same moment, and with that on disk.
        }
        catch (AuditWriteException failure)
        {
            _writer.Parts.Diagnostics.Report("end", failure.Message);
        }
    }
}
