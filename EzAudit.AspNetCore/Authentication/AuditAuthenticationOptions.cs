using EzAudit.AspNetCore.Security;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>How authentication is audited.</summary>
public sealed class AuditAuthenticationOptions
{
    /// <summary>
    /// The kinds of schemes that cannot be recognized by handler or name. Recognized automatically: cookies, bearer tokens, and schemes with
    /// "Basic", "ApiKey", "Bearer", "Jwt" or "Negotiate" in their name or in that of their handler.
    /// </summary>
    public IDictionary<string, AuditSchemeKind> Schemes { get; } = new Dictionary<string, AuditSchemeKind>(StringComparer.Ordinal);

    /// <summary>A principal who calls an API repeatedly is recorded once per this interval.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The claim in which the API key handler stores the key's id. Never the key itself.</summary>
    public string KeyIdClaim { get; set; } = "key_id";

    /// <summary>How the application delivers password reset links; the framework does not know.</summary>
    public string PasswordResetDelivery { get; set; } = "e-mail";
}
