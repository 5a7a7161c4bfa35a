namespace EzAudit.Extensibility;

/// <summary>A type of target or format: the keys its section may have, and how one is made.</summary>
internal sealed record AuditPartType<T>(IReadOnlyList<string> Keys, Func<AuditPartSettings, T> Create);
