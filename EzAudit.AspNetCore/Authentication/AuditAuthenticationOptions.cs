using EzAudit.AspNetCore.Security;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>How authentication is audited.</summary>
public sealed class AuditAuthenticationOptions
{
    /// <summary>
    /// What schemes are that cannot be told by their handler or name. By themselves are known: cookies, bearer tokens, and what has
    /// "Basic", "ApiKey", "Bearer", "Jwt" or "Negotiate" in its name or in that of its handler.
    /// </summary>
    public IDictionary<string, AuditSchemeKind> Schemes { get; } = new Dictionary<string, AuditSchemeKind>(StringComparer.Ordinal);

    /// <summary>A principal who calls an API again and again is recorded once in this time.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The claim by which the handler of an API key tells the key's id. Never the key itself.</summary>
    public string KeyIdClaim { get; set; } = "key_id";

    /// <summary>How an application delivers the links by which forgotten passwords are set anew: nothing in the framework knows.</summary>
    public string PasswordResetDelivery { get; set; } = "e-mail";
}
