namespace EzAudit.AspNetCore.Views;

/// <summary>Metadata by which an endpoint asks for records of its requests.</summary>
internal interface IObserved
{
    /// <summary>Of several of one kind, the most specific counts: one request is one record.</summary>
    ObservedKind Kind { get; }

    IReadOnlyList<IObservation> Observations { get; }
}
