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
