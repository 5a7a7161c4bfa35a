namespace EzAudit.AspNetCore.Views;

/// <summary>Endpoint metadata that requests records of an endpoint's requests.</summary>
internal interface IObserved
{
    /// <summary>The kind. Of several of one kind, the most specific applies: one request writes one record of it.</summary>
    ObservedKind Kind { get; }

    IReadOnlyList<IObservation> Observations { get; }
}
