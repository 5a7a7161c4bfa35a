namespace EzAudit.Routing;

/// <summary>How many records were lost, between when and when, and why last.</summary>
internal sealed record Loss(long Count, string Function, DateTimeOffset From, DateTimeOffset To, string Reason);
