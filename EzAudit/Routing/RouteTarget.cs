using EzAudit.Extensibility;

namespace EzAudit.Routing;

/// <summary>One stop of a route: a target and the format it is given the record in.</summary>
internal sealed record RouteTarget(string Name, IAuditTarget Target, IAuditFormat Format);
