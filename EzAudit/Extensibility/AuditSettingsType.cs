namespace EzAudit.Extensibility;

/// <summary>A section of audit.ini that a plugin brings: what it is read into, its keys, and how it is read.</summary>
internal sealed record AuditSettingsType(Type Type, AuditPartType<object> Part);
