using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records with which parameters a page was called, whatever came of it.</summary>
internal sealed class PageInputObservation(string? page, IReadOnlyList<string> parameters) : IObservation
{
    public string Function => ViewFields.Input;

    public bool Tells(ObservedRequest request) => true;

    public IEnumerable<AuditField> Describe(ObservedRequest request)
    {
        if ((page ?? request.EndpointName) is { } name) yield return new AuditField(ViewFields.Page, name);
        if (request.Values(parameters) is { } values) yield return new AuditField(ViewFields.Parameters, values);
    }
}
