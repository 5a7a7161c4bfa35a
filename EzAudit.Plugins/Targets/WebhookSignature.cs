using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EzAudit.Plugins.Targets;

/// <summary>Adds the headers of the specification "Standard Webhooks" to a request: its id, the time, and an HMAC-SHA256 of both and the body.</summary>
/// <param name="secret">The key; <see langword="null"/> for requests without a signature.</param>
/// <param name="time">The clock.</param>
internal sealed class WebhookSignature(byte[]? secret, TimeProvider time)
{
    public void Sign(HttpRequestMessage request, string id, byte[] body)
    {
        string seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds);
        if (secret is null) return;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body];
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)));
    }
}
