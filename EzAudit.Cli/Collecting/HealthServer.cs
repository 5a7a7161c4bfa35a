using System.Net;
using System.Text;
using EzAudit.Cli.Tooling;
using EzAudit.Collector;

namespace EzAudit.Cli.Collecting;

/// <summary>Answers <c>/health</c> and <c>/metrics</c> over HTTP.</summary>
internal sealed class HealthServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly AuditCollector _collector;

    /// <summary>Listens at an address such as <c>127.0.0.1:9464</c>.</summary>
    public HealthServer(IPEndPoint address, AuditCollector collector)
    {
        _collector = collector;
        bool isAny = address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any);
        _listener.Prefixes.Add(isAny ? $"http://+:{address.Port}/" : $"http://{address}/");
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException failure)
        {
            throw new ToolException("--health", $"cannot listen at {address}: {failure.Message}");
        }
        _ = AnswerAllAsync();
    }

    public void Dispose() => _listener.Close();

    private async Task AnswerAllAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext request = await _listener.GetContextAsync().ConfigureAwait(false);
                _ = AnswerAsync(request);
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext request)
    {
        try
        {
            (int status, string type, string text) = request.Request.Url?.AbsolutePath switch
            {
                "/health" => await HealthAsync().ConfigureAwait(false),
                "/metrics" => await MetricsAsync().ConfigureAwait(false),
                _ => (404, "text/plain", "Use /health or /metrics.\n"),
            };
            request.Response.StatusCode = status;
            request.Response.ContentType = type;
            byte[] body = Encoding.UTF8.GetBytes(text);
            request.Response.ContentLength64 = body.Length;
            await request.Response.OutputStream.WriteAsync(body).ConfigureAwait(false);
            request.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client has gone, or the collector is being closed.
            request.Response.Abort();
        }
    }

    private async Task<(int, string, string)> HealthAsync()
    {
        AuditCollectorHealth health = await _collector.CheckAsync().ConfigureAwait(false);
        return (health.IsHealthy ? 200 : 503, HealthText.ContentType, HealthText.Of(health, _collector.Status));
    }

    private async Task<(int, string, string)> MetricsAsync()
    {
        await _collector.CheckAsync().ConfigureAwait(false);
        return (200, MetricsText.ContentType, MetricsText.Of(AuditCollector.MeterName));
    }
}
