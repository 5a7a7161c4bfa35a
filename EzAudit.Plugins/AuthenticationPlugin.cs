using EzAudit.Extensibility;
using EzAudit.Plugins.Definitions;

namespace EzAudit.Plugins;

/// <summary>Adds the functions for signing in and out, sessions, passwords, second factors, keys and consents.</summary>
public sealed class AuthenticationPlugin : IAuditPlugin
{
    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(SignInFunctions.RememberMe)
            .AddFunction(SignInFunctions.SingleSignOn)
            .AddFunction(SignInFunctions.Attach)
            .AddFunction(SignInFunctions.ApiBasic)
            .AddFunction(SignInFunctions.ApiKey)
            .AddFunction(SignInFunctions.ApiOAuth)
            .AddFunction(SignInFunctions.Refresh)
            .AddFunction(SignInFunctions.LicenseExceeded)
            .AddFunction(SignInFunctions.Disabled)
            .AddFunction(SignInFunctions.Error)
            .AddFunction(SignInFunctions.ApiRefused)
            .AddFunction(SignInFunctions.OAuthRefused)
            .AddFunction(SignInFunctions.Logout)
            .AddFunction(SessionFunctions.Start)
            .AddFunction(SessionFunctions.End)
            .AddFunction(SessionFunctions.Use)
            .AddFunction(SessionFunctions.Timeout)
            .AddFunction(SessionFunctions.Ping)
            .AddFunction(PasswordFunctions.Change)
            .AddFunction(PasswordFunctions.ChangeFailed)
            .AddFunction(PasswordFunctions.ChangeForUser)
            .AddFunction(PasswordFunctions.RequestReset)
            .AddFunction(PasswordFunctions.Reset)
            .AddFunction(PasswordFunctions.ResetExpired)
            .AddFunction(FactorFunctions.Enable)
            .AddFunction(FactorFunctions.Disable)
            .AddFunction(FactorFunctions.Failed)
            .AddFunction(FactorFunctions.AddPasskey)
            .AddFunction(FactorFunctions.RemovePasskey)
            .AddFunction(FactorFunctions.UseRecoveryCode)
            .AddFunction(ImpersonationFunctions.Start)
            .AddFunction(ImpersonationFunctions.End)
            .AddFunction(ApiKeyFunctions.Create)
            .AddFunction(ApiKeyFunctions.Revoke)
            .AddFunction(ConsentFunctions.Grant)
            .AddFunction(ConsentFunctions.Revoke);
    }
}
