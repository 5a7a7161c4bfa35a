namespace EzAudit.Records;

/// <summary>Who acted: the login that people see, and the id that stays the same when the login changes.</summary>
/// <param name="Login">The login name, as the application knows it; any text.</param>
/// <param name="Id">The stable id; any text.</param>
public sealed record AuditActor(string Login, string Id);
