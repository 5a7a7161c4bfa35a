using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Endpoint metadata that requests records of an endpoint's requests.</summary>
internal interface IObserved
{
    /// <summary>The kind. Of several of one kind, the most specific applies: one request writes one record of it.</summary>
    ObservedKind Kind { get; }

    IReadOnlyList<Observation> Observations { get; }
}

/// <summary>The kinds of observation of an endpoint, in the order of their records: a view is recorded after the others are stored.</summary>
internal enum ObservedKind
{
    Call,
    Page,
    Access,
}

/// <summary>One record that a request to an endpoint writes.</summary>
/// <param name="Function">The function.</param>
/// <param name="IsOfContent">Whether only a request whose content is shown writes it; otherwise each does, whatever its outcome.</param>
/// <param name="ValuesOf">Returns the values of the function's fields, in order; <see langword="null"/> leaves a field out.</param>
internal sealed record Observation(AuditFunction Function, bool IsOfContent, Func<ObservedRequest, object?[]> ValuesOf);
