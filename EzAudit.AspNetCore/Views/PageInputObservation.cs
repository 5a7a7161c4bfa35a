using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records with which parameters a page was called, whatever came of it.</summary>
internal sealed class PageInputObservation(AuditPageAttribute attribute) : IObservation
{
    public string Function => ViewFields.Input;

    public bool Tells(ObservedRequest request) => true;

    public IEnumerable<AuditField> Describe(ObservedRequest request)
    {
        if ((attribute.Page ?? request.EndpointName) is { } page) yield return new AuditField(ViewFields.Page, page);
        if (request.Values(attribute.Parameters) is { } parameters) yield return new AuditField(ViewFields.Parameters, parameters);
    }
}
