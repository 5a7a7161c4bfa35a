using System.Net.Sockets;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog.Sending;

/// <summary>
/// Sends each message as a datagram, over UDP or to the local socket. Nothing acknowledges datagrams, so sent messages count as confirmed. The
/// local socket blocks while its reader is busy; UDP reports a closed port only on the next send.
/// </summary>
internal sealed class DatagramTransport(SyslogSettings settings) : ISyslogTransport
{
    private const int MessagesPerConfirmation = 64;

    private readonly Lock _gate = new();
    private bool _isAborted;
    private MessageSocket? _socket;
    private int _failures;

    public void Send(MessageStream messages)
    {
        MessageSocket socket = Open();
        long sent = 0;
        try
        {
            while (messages.TryTake(out ReadOnlySpan<byte> message))
            {
                socket.Send(message);
                sent++;
                if (sent % MessagesPerConfirmation == 0) messages.Confirm(sent - 1);
            }
        }
        catch (SocketException)
        {
            // The error may be about the previous message, which is sent again, to the server's next address.
            _failures++;
            Close();
            messages.Confirm(Math.Max(0, sent - 1));
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
