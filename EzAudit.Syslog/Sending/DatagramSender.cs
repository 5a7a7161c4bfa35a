using System.Net.Sockets;
using EzAudit.Syslog.Settings;
using EzAudit.Syslog.Spooling;

namespace EzAudit.Syslog.Sending;

/// <summary>
/// Sends each message as a datagram, over UDP or to the local socket. Nothing acknowledges datagrams, so sent messages count as confirmed. The
/// local socket blocks while its reader is busy; UDP reports a closed port only on the next send.
/// </summary>
internal sealed class DatagramSender(SyslogSettings settings) : ISender
{
    private const int MessagesPerConfirmation = 64;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private bool _isAborted;
    private MessageSocket? _socket;
    private int _failures;

    public void Send(SpoolRun run, SendingPace pace)
    {
        MessageSocket socket = Open();
        long last = run.Position;
        long next = last;
        try
        {
            for (int sent = 1; run.TryRead(out ReadOnlySpan<byte> message); sent++)
            {
                socket.Send(message);
                (last, next) = (next, run.Position);
                if (sent % MessagesPerConfirmation == 0) run.Confirm(last);
            }
            run.Confirm(run.Position);
            if (!run.HasEnded) pace.Wait(() => !run.IsAtEnd, PollInterval);
        }
        catch (SocketException)
        {
            // The error may be about the previous message, which is sent again, to the server's next address.
            _failures++;
            Close();
            run.Confirm(last);
            throw;
        }
    }

    public void Abort()
    {
        lock (_gate) _isAborted = true;
        Close();
    }

    public void Dispose() => Close();

    private MessageSocket Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isAborted, this);
            if (_socket is { IsOld: true })
            {
                _socket.Dispose();
                _socket = null;
            }
            return _socket ??= MessageSocket.Open(settings, _failures);
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            _socket?.Dispose();
            _socket = null;
        }
    }
}
