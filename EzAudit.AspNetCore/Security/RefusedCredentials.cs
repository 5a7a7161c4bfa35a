namespace EzAudit.AspNetCore.Security;

/// <summary>Credentials of a call that a scheme did not take.</summary>
internal sealed record RefusedCredentials(string Scheme, AuditSchemeKind Kind, Exception Failure);
