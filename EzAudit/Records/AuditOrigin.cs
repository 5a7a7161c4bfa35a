namespace EzAudit.Records;

/// <summary>Who did it and from where: what a record says beside its fields.</summary>
/// <param name="Actor">Who did it; <see langword="null"/> for nobody known, which is written as <c>anonymous</c>.</param>
/// <param name="Address">Where the request came from; <see langword="null"/> for the name of this host.</param>
/// <param name="Session">The session id, where there is one.</param>
/// <param name="Trace">The trace id, where there is one.</param>
public sealed record AuditOrigin(AuditActor? Actor, string? Address = null, string? Session = null, string? Trace = null) : IAuditOrigin;
