using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog.Sending;

/// <summary>
/// One connection to a server, plain or encrypted. Syslog has no acknowledgements, and the server may never read what its kernel has
/// acknowledged. The end of the stream therefore serves as the acknowledgement: a server that has read everything sees that end and closes.
/// One that died or closed early resets the connection or leaves bytes unacknowledged.
/// </summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MinimumPerAddress = TimeSpan.FromSeconds(3);
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
    /// <param name="settings">Where the server is, and how long it may be silent.</param>
    /// <param name="encrypt">Creates the encrypted stream and performs the handshake; <see langword="null"/> for none.</param>
    /// <param name="cancellation">Cancels the attempt.</param>
    /// <exception cref="Exception">No address responded; for several addresses, an <see cref="AggregateException"/> has the reason for each.</exception>
    public static Connection Open(SyslogSettings settings, Func<Stream, CancellationToken, SslStream>? encrypt, CancellationToken cancellation)
    {
        IPAddress[] addresses = ServerAddresses.Of(settings, cancellation);
        // .NET cannot try the addresses of a name one by one on a socket with options set.
        TimeSpan patience = TimeSpan.FromTicks(Math.Max(ConnectTimeout.Ticks / addresses.Length, MinimumPerAddress.Ticks));
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

    // A machine that vanished sends nothing. TCP_USER_TIMEOUT detects it while something is unacknowledged; keep-alive probes detect it while we
    // only wait for the server. The same timeout limits both.
    private static void WatchFor(Socket socket, int seconds)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds / 2);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, seconds / 12));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        TcpInfo.SetUserTimeout(socket, TimeSpan.FromSeconds(seconds));
    }

    public void Write(ReadOnlySpan<byte> bytes) => (_encrypted ?? (Stream)_wire).Write(bytes);

    /// <summary>Whether the server has closed the connection. Anything it sends, such as TLS tickets, is ignored.</summary>
    public bool IsClosed
    {
        get
        {
            if (!_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead)) return false;
            Span<byte> first = stackalloc byte[1];
            return _socket.Receive(first, SocketFlags.Peek) == 0;
        }
    }

    /// <summary>Ends the stream and waits until the server has read all of it and closes.</summary>
    /// <param name="late">Called after each interval without that. The wait never ends as long as the server's kernel responds.</param>
    /// <exception cref="IOException">The server apparently did not read everything.</exception>
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
        // With TLS, the server may close at the end of the encrypted stream, just before it acknowledges the end of the connection.
        int error = 0;
        SpinWait.SpinUntil(() => (error = TakeError()) != 0 || Unacknowledged() == 0, Patience);
        if (error != 0) throw new IOException("the server reset the connection before it had read everything", new SocketException(error));
        // A server that closed before it received everything acknowledges fewer bytes.
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
