namespace EzAudit.AspNetCore.Security;

/// <summary>What an authentication scheme is to the audit trail.</summary>
public enum AuditSchemeKind
{
    /// <summary>Nothing to record: forwards to others, or belongs to a sign-in that is not finished.</summary>
    None,

    /// <summary>Signs people in and keeps a session, as cookies do.</summary>
    Session,

    /// <summary>Login and password with each call.</summary>
    Basic,

    /// <summary>A key with each call.</summary>
    ApiKey,

    /// <summary>A bearer token with each call.</summary>
    OAuth,

    /// <summary>Somebody else vouches for the user with each connection, as Kerberos does.</summary>
    SingleSignOn,
}
