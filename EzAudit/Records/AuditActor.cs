namespace EzAudit.Records;

/// <summary>Who did it: the login shown to people and the id that stays when the login changes.</summary>
/// <param name="Login">The login name, as the application knows it; any text.</param>
/// <param name="Id">The stable id; any text.</param>
public sealed record AuditActor(string Login, string Id);
