using EzAudit.Records;

namespace EzAudit.Routing;

/// <summary>Where the records of one function go and what must hold when the call returns.</summary>
internal sealed record Route(AuditFunction Function, string FileName, AuditDurability Durability, RouteTarget[] Targets);
