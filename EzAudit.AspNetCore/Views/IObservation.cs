using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Writes one record of a request.</summary>
internal interface IObservation
{
    string Function { get; }

    /// <summary>Whether a request with this outcome is recorded.</summary>
    bool Tells(ObservedRequest request);

    IEnumerable<AuditField> Describe(ObservedRequest request);
}
