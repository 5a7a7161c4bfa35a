using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="SignInAudit"/>.</summary>
internal static class SignInFunctions
{
    private static readonly FunctionGroup Group = new("authentication");

    public static readonly AuditFunction RememberMe = Group.Define(
        "user-login-remember-me", "login.log", "LogInWithCookie",
        "User '{User login}' ({User id}) signed in with a cookie issued {Cookie issued}.",
        ["User id", "User login", "Cookie issued"],
        "authentication/start", "3002:1");

    public static readonly AuditFunction SingleSignOn = Group.Define(
        "user-login-sso", "login.log", "LogInWithSso",
        "User '{User login}' ({User id}) signed in through {Provider}.",
        ["User id", "User login", "Provider"],
        "authentication/start", "3002:1");

    public static readonly AuditFunction Attach = Group.Define(
        "user-login-attach", "login.log", "AttachToSession",
        "User '{User login}' ({User id}) attached {Client} to session {Attached session id}.",
        ["User id", "User login", "Attached session id", "Client"],
        "authentication/start", "3002:1");

    public static readonly AuditFunction ApiBasic = Group.Define(
        "user-login-api-basic", "api_login.log", "LogInWithBasicAuth",
        "User '{User login}' ({User id}) called {Method} {Path} with basic authentication.",
        ["User id", "User login", "Method", "Path"],
        "authentication/start", "3002:1");

    public static readonly AuditFunction ApiKey = Group.Define(
        "user-login-api-key", "api_login.log", "LogInWithApiKey",
        "User '{User login}' ({User id}) called {Method} {Path} with key {Key id}.",
        ["User id", "User login", "Key id", "Method", "Path"],
        "authentication/start", "3002:1");

    public static readonly AuditFunction ApiOAuth = Group.Define(
        "user-login-api-oauth", "api_login.log", "LogInWithOAuth",
        "User '{User login}' ({User id}) called {Method} {Path} through client {Client id} with scope '{Scope}'.",
        ["User id", "User login", "Client id", "Scope", "Method", "Path"],
        "authentication/start", "3002:1");

    public static readonly AuditFunction Refresh = Group.Define(
        "token-refresh", "session.log", "RefreshToken",
        "User '{User login}' ({User id}) was given a new token for a refresh token.",
        ["User id", "User login"],
        "session/info", "3002:99");

    public static readonly AuditFunction LicenseExceeded = Group.Define(
        "user-failed-login-license", "failed_login.log", "FailLogInByLicense",
        "Sign-in as '{User login}' failed: {In use} of {Limit} licences are in use.",
        ["User login", "Limit", "In use", "Comment"],
        "authentication/start", "3002:1", AuditSeverity.Warning, AuditOutcome.Failure);

    public static readonly AuditFunction Disabled = Group.Define(
        "user-failed-login-disabled", "failed_login.log", "FailLogInByAccount",
        "Sign-in as '{User login}' ({User id}) failed: the account is {Reason}.",
        ["User id", "User login", "Reason", "Until"],
        "authentication/start", "3002:1", AuditSeverity.Warning, AuditOutcome.Failure);

    public static readonly AuditFunction Error = Group.Define(
        "user-failed-login-error", "failed_login.log", "FailLogInByError",
        "Sign-in as '{User login}' failed: {Exception type}: {Message}.",
        ["User login", "Exception type", "Message", "Trace id"],
        "authentication/start", "3002:1", AuditSeverity.Error, AuditOutcome.Failure);

    public static readonly AuditFunction ApiRefused = Group.Define(
        "user-failed-login-api", "failed_login.log", "FailApiLogIn",
        "Call {Method} {Path} as '{User login}' by {Scheme} was refused: {Reason}.",
        ["Scheme", "User login", "Reason", "Method", "Path"],
        "authentication/start", "3002:1", AuditSeverity.Warning, AuditOutcome.Failure);

    public static readonly AuditFunction OAuthRefused = Group.Define(
        "user-failed-login-oauth", "failed_login.log", "FailOAuthLogIn",
        "Token of client {Client id} for {Method} {Path} was refused: {Reason}.",
        ["Client id", "Reason", "Method", "Path"],
        "authentication/start", "3002:1", AuditSeverity.Warning, AuditOutcome.Failure);

    public static readonly AuditFunction Logout = Group.Define(
        "user-logout", "login.log", "LogOut",
        "User '{User login}' ({User id}) signed out.",
        ["User id", "User login"],
        "authentication/end", "3002:2");
}
