using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog.Sending;

/// <summary>
/// One connection to a server, plain or encrypted. Syslog knows no acknowledgement, and what a server's kernel has acknowledged the server
/// may never read. So the end of the stream is the acknowledgement: a server that has read everything finds that end, and closes; one that
/// died or closed before resets the connection, or leaves bytes unacknowledged.
/// </summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastForAnAddress = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly CountingStream _wire;
    private readonly SslStream? _encrypted;
    private readonly long _ackedAtStart;

    private Connection(Socket socket, Func<Stream, CancellationToken, SslStream>? encrypt, CancellationToken timeout)
    {
        _socket = socket;
        _wire = new CountingStream(socket);
        _ackedAtStart = TcpInfo.BytesAcked(socket) ?? 0;
        _encrypted = encrypt?.Invoke(_wire, timeout);
    }

    /// <summary>Connects to the first address of the server that answers.</summary>
    /// <param name="settings">Where the server is, and how long its machine may keep silent.</param>
    /// <param name="encrypt">Makes and shakes the encrypted stream; <see langword="null"/>: none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="Exception">No address answered; of several, an <see cref="AggregateException"/> says what became of each.</exception>
    public static Connection Open(SyslogSettings settings, Func<Stream, CancellationToken, SslStream>? encrypt, CancellationToken cancellation)
    {
        IPAddress[] addresses = ServerAddresses.Of(settings, cancellation);
        // .NET's own way through the addresses of a name is closed to a socket with options of its own.
        TimeSpan patience = TimeSpan.FromTicks(Math.Max(ConnectTimeout.Ticks / addresses.Length, LeastForAnAddress.Ticks));
        var failures = new List<Exception>();
        foreach (IPAddress address in addresses)
        {
            try
            {
                return Open(new IPEndPoint(address, settings.Port), (int)settings.Timeout.TotalSeconds, encrypt, patience, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        }
        if (failures.Count > 1) throw new AggregateException(string.Join("; ", failures.Select((failure, i) => $"{addresses[i]}: {failure.Message}")), failures);
        ExceptionDispatchInfo.Throw(failures[0]);
        throw new UnreachableException();
    }

    private static Connection Open(IPEndPoint server, int silence, Func<Stream, CancellationToken, SslStream>? encrypt, TimeSpan patience, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(patience);
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            WatchFor(socket, silence);
            socket.ConnectAsync(server, timeout.Token).AsTask().GetAwaiter().GetResult();
            return new Connection(socket, encrypt, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException($"no response within {patience.TotalSeconds:0} s");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A machine that vanished says nothing. While something is unacknowledged, the time of TCP_USER_TIMEOUT tells; while we only wait for the
    // server, probes that nobody answers do, and that time ends them too.
    private static void WatchFor(Socket socket, int seconds)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds / 2);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, seconds / 12));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        TcpInfo.SetUserTimeout(socket, TimeSpan.FromSeconds(seconds));
    }

    public void Write(ReadOnlySpan<byte> bytes) => (_encrypted ?? (Stream)_wire).Write(bytes);

    /// <summary>Whether the server has closed. What it says besides, such as TLS's tickets, means nothing.</summary>
    public bool IsClosed
    {
        get
        {
            if (!_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead)) return false;
            Span<byte> first = stackalloc byte[1];
            return _socket.Receive(first, SocketFlags.Peek) == 0;
        }
    }

    /// <summary>Ends the stream and waits until the server, having read all of it, does the same.</summary>
    /// <param name="late">Called every time a while has passed without that; the wait has no end, as long as the other side's kernel answers.</param>
    /// <exception cref="IOException">The server did not read everything, as far as can be told.</exception>
    public void Finish(Action late)
    {
        _encrypted?.ShutdownAsync().GetAwaiter().GetResult();
        _socket.Shutdown(SocketShutdown.Send);
        Span<byte> rest = stackalloc byte[256];
        do
        {
            while (!_socket.Poll(Patience, SelectMode.SelectRead)) late();
        }
        while ((_encrypted ?? (Stream)_wire).Read(rest) > 0);
        // With TLS the server may close when the encrypted stream ends, a moment before the connection's own end is acknowledged.
        int error = 0;
        SpinWait.SpinUntil(() => (error = TakeError()) != 0 || Unacknowledged() == 0, Patience);
        if (error != 0) throw new IOException("the server reset the connection before it had read everything", new SocketException(error));
        // A server that closed before it had all of it acknowledges less.
        if (Unacknowledged() is var bytes and not 0) throw new IOException($"the server closed the connection with {bytes} bytes unacknowledged");
    }

    private int TakeError() => (int)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;

    // One more than was sent: the end of the stream counts.
    private long Unacknowledged() => TcpInfo.BytesAcked(_socket) is { } acked ? _wire.Sent + 1 - (acked - _ackedAtStart) : 0;

    public void Dispose()
    {
        _encrypted?.Dispose();
        _wire.Dispose();
    }
}
