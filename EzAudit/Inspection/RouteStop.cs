namespace EzAudit.Inspection;

/// <summary>A target by its name, as a route names it.</summary>
internal readonly record struct RouteStop(string Name, bool IsFallback);
