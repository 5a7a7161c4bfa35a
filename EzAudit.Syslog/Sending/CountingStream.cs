using System.Net.Sockets;

namespace EzAudit.Syslog.Sending;

/// <summary>A connection's stream that counts the bytes sent, including those added by encryption.</summary>
internal sealed class CountingStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private long _sent;

    public long Sent => Volatile.Read(ref _sent);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // The base class would call the overload above.
        for (ReadOnlySpan<byte> rest = buffer; rest.Length > 0;) rest = rest[Socket.Send(rest)..];
        Interlocked.Add(ref _sent, buffer.Length);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _sent, buffer.Length);
    }
}
