using System.Globalization;
using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records that a service was called, whatever the outcome.</summary>
internal sealed class CallObservation(string resource, string? operation) : IObservation
{
    public string Function => ViewFields.Call;

    public bool Tells(ObservedRequest request) => true;

    public IEnumerable<AuditField> Describe(ObservedRequest request) =>
    [
        new AuditField(ViewFields.Resource, resource),
        new AuditField(ViewFields.Operation, operation ?? request.Method),
        new AuditField(ViewFields.Duration, (object)request.Elapsed),
        new AuditField(ViewFields.Status, request.Status.ToString(CultureInfo.InvariantCulture)),
    ];
}
