using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records how much a page returned.</summary>
internal sealed class PageOutputObservation(string? page) : IObservation
{
    public string Function => ViewFields.Output;

    public bool Tells(ObservedRequest request) => request.WasShown;

    public IEnumerable<AuditField> Describe(ObservedRequest request)
    {
        if ((page ?? request.EndpointName) is { } name) yield return new AuditField(ViewFields.Page, name);
        if ((request.Said.Count ?? request.Counted) is { } rows) yield return new AuditField(ViewFields.Rows, rows);
        if (request.Response.ContentLength is { } bytes) yield return new AuditField(ViewFields.Bytes, bytes);
    }
}
