namespace EzAudit.AspNetCore.Security;

/// <summary>Credentials of a call that a scheme refused.</summary>
internal sealed record RefusedCredentials(string Scheme, AuditSchemeKind Kind, Exception Failure);
