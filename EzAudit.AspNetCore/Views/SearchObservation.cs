using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records that somebody searched.</summary>
internal sealed class SearchObservation(AuditSearchAttribute attribute) : IObservation
{
    public string Function => ViewFields.Search;

    public bool Tells(ObservedRequest request) => request.WasShown;

    public IEnumerable<AuditField> Describe(ObservedRequest request)
    {
        yield return new AuditField(ViewFields.EntityType, attribute.EntityType);
        if ((request.Said.Query ?? QueryOf(request)) is { } query) yield return new AuditField(ViewFields.Query, query);
        if ((request.Said.Count ?? request.Counted) is { } count) yield return new AuditField(ViewFields.ResultCount, count);
    }

    private string? QueryOf(ObservedRequest request) =>
        attribute.QueryFrom.Count == 1 ? request.Value(attribute.QueryFrom[0]) : request.Values(attribute.QueryFrom);
}
