using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Makes one record of a request.</summary>
internal interface IObservation
{
    string Function { get; }

    /// <summary>Whether a request with this outcome is what the function tells of.</summary>
    bool Tells(ObservedRequest request);

    IEnumerable<AuditField> Describe(ObservedRequest request);
}
