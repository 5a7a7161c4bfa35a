using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>One record that a request to an endpoint writes.</summary>
/// <param name="Function">The function.</param>
/// <param name="IsOfContent">Whether only a request whose content is shown writes it; otherwise each does, whatever its outcome.</param>
/// <param name="ValuesOf">Returns the values of the function's fields, in order; <see langword="null"/> leaves a field out.</param>
internal sealed record Observation(AuditFunction Function, bool IsOfContent, Func<ObservedRequest, object?[]> ValuesOf);
