namespace EzAudit.Storage;

/// <summary>Why records do not go to a file or directory.</summary>
internal sealed record AccessProblem(string Found, string Wanted);
