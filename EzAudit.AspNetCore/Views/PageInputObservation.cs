using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records the parameters of a page request, whatever the outcome.</summary>
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
