using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records sign-ins: <c>user-login</c> and <c>user-failed-login</c>.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>.</remarks>
public static class UserAudit
{
    private const string Category = "authentication";
    private const string UserId = "User id";
    private const string UserLogin = "User login";

    /// <summary>The definition of <c>user-login</c>.</summary>
    public static AuditFunction LoginFunction { get; } = new AuditFunction
    {
        Name = "user-login",
        DefaultFileName = "login.log",
        Fields = [UserId, UserLogin],
        FieldLimits = OutsideFields.LimitsOf([UserId, UserLogin]),
        EventName = "LogIn",
        Sentence = $"User '{{{UserLogin}}}' ({{{UserId}}}) signed in.",
        Category = Category,
    }.MappedTo("authentication/start", "3002:1");

    /// <summary>The definition of <c>user-failed-login</c>.</summary>
    public static AuditFunction FailedLoginFunction { get; } = new AuditFunction
    {
        Name = "user-failed-login",
        DefaultFileName = "failed_login.log",
        Fields = [UserLogin, FieldNames.Comment],
        FieldLimits = OutsideFields.LimitsOf([UserLogin]),
        EventName = "FailLogIn",
        Sentence = $"Sign-in as '{{{UserLogin}}}' failed: {{{FieldNames.Comment}}}.",
        Severity = AuditSeverity.Warning,
        Outcome = AuditOutcome.Failure,
        Category = Category,
    }.MappedTo("authentication/start", "3002:1");

    /// <summary>A user signed in. The record's actor comes from the context, not from the arguments; to make them the same, open a context first.</summary>
    /// <param name="userId">The id of the user who signed in.</param>
    /// <param name="userLogin">The login of the user who signed in.</param>
    public static bool Login(AuditId userId, string userLogin) =>
        AuditTrail.WriteAudit(LoginFunction.Name, userId.AsField(UserId), (UserLogin, userLogin));

    /// <summary>A sign-in failed.</summary>
    /// <param name="userLogin">The login as typed. Users sometimes type their password here.</param>
    /// <param name="comment">The reason, if known.</param>
    public static bool LoginFailed(string userLogin, string comment = "Failed login attempt") =>
        AuditTrail.WriteAudit(FailedLoginFunction.Name, (UserLogin, userLogin), (FieldNames.Comment, comment));
}
