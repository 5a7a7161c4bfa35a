using System.Net;
using System.Net.Sockets;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog.Sending;

/// <summary>A socket to which messages go one by one: UDP, or the local socket, be it of datagrams or a stream.</summary>
internal sealed class MessageSocket : IDisposable
{
    // Nobody says that a datagram arrived, nor that the name has another address now.
    private static readonly TimeSpan MostAge = TimeSpan.FromMinutes(1);

    private readonly Socket _socket;
    private readonly long _opened = Environment.TickCount64;

    private MessageSocket(Socket socket) => _socket = socket;

    /// <summary>Whether the server's name is to be looked up again.</summary>
    public bool IsOld => _socket.AddressFamily != AddressFamily.Unix && Environment.TickCount64 - _opened >= (long)MostAge.TotalMilliseconds;

    /// <param name="settings">Where the server is.</param>
    /// <param name="attempt">How often it failed before: each time another of its addresses is taken.</param>
    public static MessageSocket Open(SyslogSettings settings, int attempt)
    {
        if (settings.Transport == SyslogTransport.Unix) return new MessageSocket(OpenLocal(settings.Host));
        IPAddress[] addresses = ServerAddresses.Of(settings, CancellationToken.None);
        IPAddress address = addresses[attempt % addresses.Length];
        return new MessageSocket(Connect(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp, new IPEndPoint(address, settings.Port)));
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        if (_socket.SocketType == SocketType.Dgram)
        {
            _socket.Send(message);
            return;
        }
        for (ReadOnlySpan<byte> rest = message; rest.Length > 0;) rest = rest[_socket.Send(rest)..];
        _socket.Send("\n"u8);
    }

    public void Dispose() => _socket.Dispose();

    // Some daemons make /dev/log a stream, on which messages end with a line feed; connecting with the wrong kind gives EPROTOTYPE.
    private static Socket OpenLocal(string path)
    {
        var server = new UnixDomainSocketEndPoint(path);
        try
        {
            return Connect(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified, server);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ProtocolType)
        {
            return Connect(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified, server);
        }
    }

    private static Socket Connect(AddressFamily family, SocketType type, ProtocolType protocol, EndPoint server)
    {
        var socket = new Socket(family, type, protocol);
        try
        {
            socket.Connect(server);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
