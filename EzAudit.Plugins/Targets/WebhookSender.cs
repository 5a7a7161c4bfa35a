using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EzAudit.Extensibility;

namespace EzAudit.Plugins.Targets;

/// <summary>
/// Posts records to a URL, the records of a batch in one request. A batch that the receiver cannot take is halved until it takes it, or one record is
/// left, which it refuses for good.
/// </summary>
internal sealed class WebhookSender : IAuditSender
{
    private readonly WebhookSettings _settings;
    private readonly HttpClient _client;
    private readonly WebhookSignature _signature;

    public WebhookSender(WebhookSettings settings, TimeProvider time)
    {
        _settings = settings;
        _signature = new WebhookSignature(settings.Secret, time);
        var handler = new SocketsHttpHandler
        {
            // A redirect could lead anywhere.
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // The name may get another address.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = ChainPolicyOf(settings) },
        };
        _client = new HttpClient(handler) { Timeout = settings.Timeout };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("EzAudit", typeof(IAuditSender).Assembly.GetName().Version?.ToString(3)));
    }

    public async ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        await SendAsync(batch, 0, batch.Count, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static X509ChainPolicy? ChainPolicyOf(WebhookSettings settings)
    {
        if (settings.Authorities is not { } authorities) return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private async Task SendAsync(AuditBatch batch, int start, int count, CancellationToken cancellationToken)
    {
        HttpStatusCode status = await PostAsync(batch, start, count, cancellationToken).ConfigureAwait(false);
        if ((int)status is >= 200 and < 300)
        {
            batch.Confirm(start + count);
            return;
        }
        string reason = string.Create(CultureInfo.InvariantCulture, $"{_settings.Url.GetLeftPart(UriPartial.Path)}: the receiver answered {(int)status} {status}");
        // What these say of a request is due to its contents; all others are about the receiver, which may change.
        if (status is not (HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity)) throw new HttpRequestException(reason, null, status);
        if (count == 1) throw new AuditRejectedException(start, reason);
        await SendAsync(batch, start, count / 2, cancellationToken).ConfigureAwait(false);
        await SendAsync(batch, start + (count / 2), count - (count / 2), cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpStatusCode> PostAsync(AuditBatch batch, int start, int count, CancellationToken cancellationToken)
    {
        byte[] body = BodyOf(batch, start, count);
        using var request = new HttpRequestMessage(HttpMethod.Post, _settings.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(_settings.ContentType);
        // Read each time, so that a renewed token takes effect.
        foreach (var (name, file) in _settings.HeaderFiles) request.Headers.Add(name, (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim());
        _signature.Sign(request, WebhookIds.Of(batch, start, count), body);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.StatusCode;
        }
        catch (HttpRequestException failure)
        {
            throw new HttpRequestException($"{_settings.Url.GetLeftPart(UriPartial.Path)}: {(failure.InnerException ?? failure).Message}", failure);
        }
        catch (TaskCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{_settings.Url.GetLeftPart(UriPartial.Path)}: no response within {_settings.Timeout.TotalSeconds:0} s", late);
        }
    }

    private static byte[] BodyOf(AuditBatch batch, int start, int count)
    {
        int size = 0;
        for (int i = start; i < start + count; i++) size += batch[i].Bytes.Length;
        byte[] body = new byte[size];
        int end = 0;
        for (int i = start; i < start + count; i++)
        {
            batch[i].Bytes.Span.CopyTo(body.AsSpan(end));
            end += batch[i].Bytes.Length;
        }
        return body;
    }
}
