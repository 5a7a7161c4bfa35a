using System.Net;
using System.Net.Sockets;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog.Sending;

/// <summary>A socket that takes single messages: UDP, or the local socket, which may be a datagram or a stream socket.</summary>
internal sealed class MessageSocket : IDisposable
{
    // No one reports that datagrams are lost, or that the name has a new address.
    private static readonly TimeSpan MostAge = TimeSpan.FromMinutes(1);

    private readonly Socket _socket;
    private readonly long _opened = Environment.TickCount64;

    private MessageSocket(Socket socket) => _socket = socket;

    /// <summary>Whether to look up the server's name again.</summary>
    public bool IsOld => _socket.AddressFamily != AddressFamily.Unix && Environment.TickCount64 - _opened >= (long)MostAge.TotalMilliseconds;

    /// <param name="settings">Where the server is.</param>
    /// <param name="attempt">The number of failures so far. Each attempt uses the next address of the server.</param>
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

    // Some daemons make /dev/log a stream socket, where messages end with a line feed. Connecting with the wrong type gives EPROTOTYPE.
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
