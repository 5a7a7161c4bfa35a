using System.Net.Sockets;
using System.Text;
using EzAudit.Extensibility;

namespace SealSigner;

/// <summary>Asks the process at a Unix domain socket. Each request has a connection of its own, so the process may be restarted at any time.</summary>
internal sealed class SocketSigner(string path) : IAuditSealSigner
{
    public ValueTask<byte[]> GetPublicKeyAsync(CancellationToken cancellationToken) => AskAsync([Message.PublicKey], cancellationToken);

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken) => AskAsync([Message.Sign, .. text.Span], cancellationToken);

    public void Dispose()
    {
    }

    private async ValueTask<byte[]> AskAsync(byte[] request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        }
        catch (SocketException failure)
        {
            throw new IOException($"{path}: no signer answers there ({failure.Message}); start it.", failure);
        }
        await using var stream = new NetworkStream(socket);
        await Message.WriteAsync(stream, request, cancellationToken);
        byte[] answer = await Message.ReadAsync(stream, cancellationToken);
        return answer[0] == Message.Done ? answer[1..] : throw new IOException($"{path}: the signer refused: {Encoding.UTF8.GetString(answer, 1, answer.Length - 1)}");
    }
}
