using System.Net.Sockets;
using System.Text;

namespace SealSigner;

/// <summary>Answers requests on a Unix domain socket, one for each connection. Who may connect is decided by the permissions of the socket and its directory.</summary>
internal sealed class SignatureServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly KeyHolder _key;

    public SignatureServer(string path, KeyHolder key)
    {
        _key = key;
        // A killed server leaves its socket behind.
        File.Delete(path);
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        _socket.Listen();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                Socket client = await _socket.AcceptAsync(stop);
                _ = AnswerAsync(client, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task AnswerAsync(Socket client, CancellationToken stop)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Patience);
            await using var stream = new NetworkStream(client, ownsSocket: true);
            byte[] request = await Message.ReadAsync(stream, patience.Token);
            await Message.WriteAsync(stream, Answer(request), patience.Token);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"a client was not answered: {failure.Message}");
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> request) => request switch
    {
        [Message.PublicKey] => [Message.Done, .. _key.PublicKey],
        [Message.Sign, .. var text] when IsCheckpoint(text) => [Message.Done, .. _key.Sign(text)],
        _ => [Message.Refused, .. "only checkpoints are signed"u8],
    };

    // The key signs nothing else: three lines with the origin, the number of leaves, and the root.
    private static bool IsCheckpoint(ReadOnlySpan<byte> text) =>
        Encoding.UTF8.GetString(text).Split('\n') is [{ Length: > 0 }, var size, var root, ""]
        && ulong.TryParse(size, out _)
        && Convert.TryFromBase64String(root, stackalloc byte[64], out int length) && length == 32;
}
