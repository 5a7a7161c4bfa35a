using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Reads the login, and nothing else, from a basic authentication header.</summary>
internal static class BasicLogin
{
    /// <summary>The login; <see langword="null"/> if the header has no colon, because then all of it may be a password.</summary>
    public static string? Of(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header)) return null;
        if (!string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase) || header.Parameter is not { } parameter) return null;
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out int length)) return null;
        string text = Encoding.UTF8.GetString(bytes, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? text[..colon] : null;
    }
}
