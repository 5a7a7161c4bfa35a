using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records a search.</summary>
internal sealed class SearchObservation(string entityType, IReadOnlyList<string> queryFrom) : IObservation
{
    public string Function => ViewFields.Search;

    public bool Tells(ObservedRequest request) => request.WasShown;

    public IEnumerable<AuditField> Describe(ObservedRequest request)
    {
        yield return new AuditField(ViewFields.EntityType, entityType);
        if ((request.Said.Query ?? QueryOf(request)) is { } query) yield return new AuditField(ViewFields.Query, query);
        if ((request.Said.Count ?? request.Counted) is { } count) yield return new AuditField(ViewFields.ResultCount, count);
    }

    private string? QueryOf(ObservedRequest request) =>
        queryFrom.Count == 1 ? request.Value(queryFrom[0]) : request.Values(queryFrom);
}
