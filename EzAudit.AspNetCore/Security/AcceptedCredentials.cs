using Microsoft.AspNetCore.Authentication;

namespace EzAudit.AspNetCore.Security;

/// <summary>Credentials of a call that a scheme accepted.</summary>
internal sealed record AcceptedCredentials(string Scheme, AuditSchemeKind Kind, AuthenticationTicket Ticket);
