using System.Net.Security;
using EzAudit.Syslog.Settings;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Sending;

/// <summary>
/// Sends over connections that each carry little more than one window. A connection that the server reads to its end confirms the messages of
/// earlier connections, but not its own: a server that is killed while processing them closes the same way, but then does not accept another
/// connection. After a failure, at most two windows are sent twice.
/// </summary>
internal sealed class StreamTransport(SyslogSettings settings) : ISyslogTransport
{
    private const int PieceBytes = 16 << 10;

    // How long a connection stays open for more messages: long enough to need few connections, short enough to leave little unconfirmed.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly MessageBuffer _piece = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly Lock _gate = new();
    private Connection? _connection;

    public void Send(MessageStream messages)
    {
        // The last connection carries nothing and confirms the one before it.
        while (SendConnection(messages))
        {
        }
    }

    public void Abort()
    {
        _aborted.Cancel();
        lock (_gate) _connection?.Dispose();
    }

    public void Dispose() => _aborted.Dispose();

    // Returns whether the connection carried messages, which the next one confirms.
    private bool SendConnection(MessageStream messages)
    {
        long before = messages.Taken;
        Func<Stream, CancellationToken, SslStream>? encrypt = settings.Transport == SyslogTransport.Tls ? new TlsHandshake(settings.Tls).Shake : null;
        using Connection connection = Connection.Open(settings, encrypt, _aborted.Token);
        Hold(connection);
        try
        {
            SendWindow(connection, messages);
            connection.Finish(() => messages.ReportTrouble("the server is not reading"));
            messages.Confirm(before);
            return messages.Taken > before;
        }
        finally
        {
            Hold(null);
        }
    }

    private void Hold(Connection? connection)
    {
        lock (_gate) _connection = connection;
        _aborted.Token.ThrowIfCancellationRequested();
    }

    private void SendWindow(Connection connection, MessageStream messages)
    {
        long sent = 0;
        long idleSince = Environment.TickCount64;
        bool hadNothing = !messages.HasNext;
        _piece.Clear();
        while (sent + _piece.Count < settings.Window)
        {
            if (messages.TryTake(out ReadOnlySpan<byte> message))
            {
                AppendFramed(message);
                idleSince = 0;
                if (_piece.Count < PieceBytes) continue;
            }
            if (_piece.Count > 0)
            {
                sent += Flush(connection);
                continue;
            }
            if (idleSince == 0) idleSince = Environment.TickCount64;
            bool isOver = Environment.TickCount64 - idleSince >= (long)Linger.TotalMilliseconds;
            if (hadNothing || isOver || messages.ShouldFinish) break;
            if (connection.IsClosed) throw new IOException("the server closed the connection");
            messages.Wait(PollInterval);
        }
        Flush(connection);
    }

    private void AppendFramed(ReadOnlySpan<byte> message)
    {
        if (settings.Framing == SyslogFraming.Octet)
        {
            _piece.Append(message.Length);
            _piece.Append((byte)' ');
        }
        _piece.Append(message);
        if (settings.Framing == SyslogFraming.Lf) _piece.Append((byte)'\n');
    }

    private int Flush(Connection connection)
    {
        int count = _piece.Count;
        if (count > 0) connection.Write(_piece.Written);
        _piece.Clear();
        return count;
    }
}
