using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records ways to sign in and out, and failures, in addition to those of <see cref="UserAudit"/>.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class SignInAudit
{
    /// <summary>A user was signed in by a remember-me cookie.</summary>
    public static bool RememberMe(AuditId userId, string userLogin, DateTimeOffset cookieIssued) =>
        SignInFunctions.RememberMe.Write(userId, userLogin, cookieIssued);

    /// <summary>A user signed in through an external provider, without a password here.</summary>
    public static bool SingleSignOn(AuditId userId, string userLogin, string provider) =>
        SignInFunctions.SingleSignOn.Write(userId, userLogin, provider);

    /// <summary>A client attached to an existing session.</summary>
    public static bool Attach(AuditId userId, string userLogin, string attachedSessionId, string client) =>
        SignInFunctions.Attach.Write(userId, userLogin, attachedSessionId, client);

    /// <summary>An API call used a login and password. Write it once per user and interval, not on every call.</summary>
    public static bool ApiBasic(AuditId userId, string userLogin, string method, string path) =>
        SignInFunctions.ApiBasic.Write(userId, userLogin, method, path);

    /// <summary>An API call used a key. Pass its id, never the key.</summary>
    public static bool ApiKey(AuditId userId, string userLogin, AuditId keyId, string method, string path) =>
        SignInFunctions.ApiKey.Write(userId, userLogin, keyId, method, path);

    /// <summary>An API call used an OAuth token.</summary>
    public static bool ApiOAuth(AuditId userId, string userLogin, string clientId, string scope, string method, string path) =>
        SignInFunctions.ApiOAuth.Write(userId, userLogin, clientId, scope, method, path);

    /// <summary>A client exchanged its refresh token for a new token. No user signed in.</summary>
    public static bool Refresh(AuditId userId, string userLogin) =>
        SignInFunctions.Refresh.Write(userId, userLogin);

    /// <summary>A user could not sign in because all licenses are in use.</summary>
    public static bool LicenseExceeded(string userLogin, int limit, int inUse, string comment = "No licence was free") =>
        SignInFunctions.LicenseExceeded.Write(userLogin, limit, inUse, comment);

    /// <summary>A user tried to sign in to an account that is <c>disabled</c>, <c>locked-out</c> or <c>not-allowed</c>.</summary>
    public static bool Disabled(AuditId userId, string userLogin, string reason, DateTimeOffset? until = null) =>
        SignInFunctions.Disabled.Write(userId, userLogin, reason, until);

    /// <summary>A user could not sign in because of an error.</summary>
    public static bool Error(string userLogin, string exceptionType, string message, string? traceId = null) =>
        SignInFunctions.Error.Write(userLogin, exceptionType, message, traceId);

    /// <summary>An API call used a wrong scheme or wrong credentials.</summary>
    public static bool ApiRefused(string scheme, string reason, string method, string path, string? userLogin = null) =>
        SignInFunctions.ApiRefused.Write(scheme, userLogin, reason, method, path);

    /// <summary>An OAuth token was rejected: <c>expired</c>, <c>signature</c>, <c>revoked</c>, <c>audience</c>.</summary>
    public static bool OAuthRefused(string clientId, string reason, string method, string path) =>
        SignInFunctions.OAuthRefused.Write(clientId, reason, method, path);

    /// <summary>A user signed out.</summary>
    public static bool Logout(AuditId userId, string userLogin) =>
        SignInFunctions.Logout.Write(userId, userLogin);
}
