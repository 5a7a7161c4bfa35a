using System.Net.Sockets;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.PostgreSql;

/// <summary>Stands between a client and a server's socket, and can break a connection after the server has committed a COPY and before the client learns of it.</summary>
internal sealed class StoreProxy : IDisposable
{
    private const string SocketName = ".s.PGSQL.5432";

    private readonly TempFolder _folder = new();
    private readonly Socket _listener = NewSocket();
    private readonly string _server;
    private int _breaksNext;

    public StoreProxy(string serverDirectory)
    {
        _server = Path.Combine(serverDirectory, SocketName);
        _listener.Bind(new UnixDomainSocketEndPoint(_folder[SocketName]));
        _listener.Listen();
        _ = AcceptAsync();
    }

    /// <summary>What a client names as its host.</summary>
    public string Directory => _folder.Path;

    /// <summary>How many acknowledgements were lost.</summary>
    public int Broken { get; private set; }

    public void LoseNextAcknowledgement() => Volatile.Write(ref _breaksNext, 1);

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptAsync());
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using Socket server = NewSocket();
        using (client)
        {
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
                await Task.WhenAny(PumpAsync(client, server, looksForCommit: false), PumpAsync(server, client, looksForCommit: true));
            }
            catch (SocketException)
            {
                // The server is away: the client notices the closed connection.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool looksForCommit)
    {
        byte[] bytes = new byte[64 << 10];
        try
        {
            for (int count; (count = await from.ReceiveAsync(bytes)) > 0;)
            {
                // CommandComplete: a byte, a length of four, and the command with its number of rows.
                if (looksForCommit && bytes.AsSpan(0, count).IndexOf("COPY "u8) >= 0 && Interlocked.Exchange(ref _breaksNext, 0) == 1)
                {
                    Broken++;
                    return;
                }
                await to.SendAsync(bytes.AsMemory(0, count));
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // One side ended the connection, and so does this.
        }
    }
}
