namespace EzAudit.AspNetCore.Security;

/// <summary>How the audit trail treats an authentication scheme.</summary>
public enum AuditSchemeKind
{
    /// <summary>Nothing to record: the scheme forwards to others, or belongs to an unfinished sign-in.</summary>
    None,

    /// <summary>Signs users in and keeps a session, as cookies do.</summary>
    Session,

    /// <summary>Login and password on each call.</summary>
    Basic,

    /// <summary>An API key on each call.</summary>
    ApiKey,

    /// <summary>A bearer token on each call.</summary>
    OAuth,

    /// <summary>A third party vouches for the user on each connection, as Kerberos does.</summary>
    SingleSignOn,
}
