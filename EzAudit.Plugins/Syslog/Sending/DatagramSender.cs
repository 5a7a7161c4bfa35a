using System.Net.Sockets;
using EzAudit.Plugins.Syslog.Spooling;

namespace EzAudit.Plugins.Syslog.Sending;

/// <summary>
/// Sends each message as a datagram, over UDP or to the local socket. Nobody says that it arrived: confirmed is what was sent. The local
/// socket lets us wait while its reader is busy; UDP tells, with the next message, that the port is closed.
/// </summary>
internal sealed class DatagramSender(SyslogSettings settings) : ISender
{
    private const int MessagesPerConfirmation = 64;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private bool _isAborted;
    private Socket? _socket;

    public void Send(SpoolRun run, SendingPace pace)
    {
        Socket socket = Open();
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
            if (!run.HasEnded) pace.Wait(() => !run.IsAtEnd, Look);
        }
        catch (SocketException)
        {
            // The error may be that of the message before: it is sent again.
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

    private Socket Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isAborted, this);
            return _socket ??= Connect();
        }
    }

    private Socket Connect()
    {
        bool isLocal = settings.Transport == SyslogTransport.Unix;
        Socket socket = isLocal ? new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) : new Socket(SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (isLocal) socket.Connect(new UnixDomainSocketEndPoint(settings.Host));
            else socket.Connect(settings.Host, settings.Port);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
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
