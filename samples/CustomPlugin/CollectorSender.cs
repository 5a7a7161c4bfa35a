using System.Net.Sockets;
using System.Text;
using EzAudit.Extensibility;

namespace CustomPlugin;

/// <summary>
/// Sends records to a collector: each as a line of its id and its JSON, which the collector answers with <c>ok</c>, or with <c>no</c> and a reason. It
/// connects, sends, and throws if that fails; EzAudit does the waiting, the repeating and the keeping.
/// </summary>
internal sealed class CollectorSender(string host, int port) : IAuditSender
{
    private TcpClient? _client;

    public async ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            NetworkStream stream = await ConnectAsync(cancellationToken);
            var lines = new MemoryStream();
            foreach (AuditEnvelope envelope in batch)
            {
                lines.Write(Encoding.UTF8.GetBytes($"{envelope.Id} "));
                lines.Write(envelope.Bytes.Span);
            }
            await stream.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken);
            using var answers = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            for (int i = 0; i < batch.Count; i++)
            {
                string answer = await answers.ReadLineAsync(cancellationToken) ?? throw new IOException("the collector closed the connection");
                // What is confirmed is not sent again, whatever happens to the rest.
                if (answer == "ok") batch.Confirm(i + 1);
                else throw new AuditRejectedException(i, answer);
            }
        }
        catch (Exception failure)
        {
            Close();
            if (failure is AuditRejectedException) throw;
            // The message appears in Health.
            throw new IOException($"{host}:{port}: {failure.Message}", failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<NetworkStream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_client is null)
        {
            _client = new TcpClient();
            await _client.ConnectAsync(host, port, cancellationToken);
        }
        return _client.GetStream();
    }

    private void Close()
    {
        _client?.Dispose();
        _client = null;
    }
}
