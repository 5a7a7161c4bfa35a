using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EzAudit.Tests.Nats;

/// <summary>
/// Stands between a client and a nats-server. It can break a connection instead of delivering an acknowledgement, and make messages with a text so large
/// that the server refuses them.
/// </summary>
internal sealed class NatsProxy : IDisposable
{
    private const int Padding = 8 << 10;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _server;
    private int _breaksNext;
    private volatile string? _enlarged;

    public NatsProxy(string address)
    {
        _server = IPEndPoint.Parse(address);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public string Url => $"nats://{_listener.LocalEndPoint}";

    public void LoseNextAcknowledgement() => Volatile.Write(ref _breaksNext, 1);

    /// <summary>Makes messages that contain a text too large, or none.</summary>
    public void Enlarge(string? text) => _enlarged = text;

    public void Dispose() => _listener.Dispose();

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
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server);
                using var toServer = new NetworkStream(server);
                using var toClient = new NetworkStream(client);
                await Task.WhenAny(PumpMessagesAsync(new BufferedStream(toClient, 64 << 10), toServer), PumpAnswersAsync(toServer, toClient));
            }
            catch (SocketException)
            {
                // The server is away: the client notices the closed connection.
            }
        }
    }

    private async Task PumpAnswersAsync(NetworkStream server, NetworkStream client)
    {
        byte[] bytes = new byte[64 << 10];
        try
        {
            for (int count; (count = await server.ReadAsync(bytes)) > 0;)
            {
                // Of all answers, only that to a published message has this property.
                if (bytes.AsSpan(0, count).IndexOf("\"seq\":"u8) >= 0 && Interlocked.Exchange(ref _breaksNext, 0) == 1) return;
                await client.WriteAsync(bytes.AsMemory(0, count));
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // One side ended the connection, and so does this.
        }
    }

    private async Task PumpMessagesAsync(BufferedStream client, NetworkStream server)
    {
        try
        {
            await Task.Yield();
            while (ReadLine(client) is { } line)
            {
                if (!line.StartsWith("HPUB ", StringComparison.Ordinal) && !line.StartsWith("PUB ", StringComparison.Ordinal))
                {
                    await server.WriteAsync(Encoding.UTF8.GetBytes(line));
                    continue;
                }
                string[] parts = line.TrimEnd().Split(' ');
                byte[] message = new byte[int.Parse(parts[^1], CultureInfo.InvariantCulture) + 2];
                await client.ReadExactlyAsync(message);
                if (_enlarged is { } text && Encoding.UTF8.GetString(message).Contains(text, StringComparison.Ordinal))
                {
                    parts[^1] = (message.Length - 2 + Padding).ToString(CultureInfo.InvariantCulture);
                    message = [.. message[..^2], .. Enumerable.Repeat((byte)' ', Padding), .. "\r\n"u8];
                }
                await server.WriteAsync((byte[])[.. Encoding.UTF8.GetBytes(string.Join(' ', parts) + "\r\n"), .. message]);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // One side ended the connection, and so does this.
        }
    }

    private static string? ReadLine(Stream stream)
    {
        var line = new List<byte>();
        for (int next; (next = stream.ReadByte()) >= 0;)
        {
            line.Add((byte)next);
            if (next == '\n') return Encoding.UTF8.GetString([.. line]);
        }
        return null;
    }
}
