using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records the download of a file, as described by the response headers.</summary>
internal sealed class DownloadObservation(string entityType, string idFrom) : IObservation
{
    public string Function => ViewFields.Download;

    public bool Tells(ObservedRequest request) => request.WasShown;

    public IEnumerable<AuditField> Describe(ObservedRequest request)
    {
        yield return new AuditField(ViewFields.EntityType, entityType);
        if ((request.Said.Id ?? request.Value(idFrom)) is { } id) yield return new AuditField(ViewFields.EntityId, id);
        if ((request.Said.FileName ?? FileNameOf(request.Response)) is { } name) yield return new AuditField(ViewFields.FileName, name);
        if (BytesOf(request) is { } bytes) yield return new AuditField(ViewFields.Bytes, bytes);
    }

    private static string? FileNameOf(HttpResponse response)
    {
        if (!ContentDispositionHeaderValue.TryParse(response.Headers.ContentDisposition.ToString(), out ContentDispositionHeaderValue? disposition)) return null;
        string? name = (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).Value;
        return string.IsNullOrEmpty(name) ? null : name;
    }

    private static long? BytesOf(ObservedRequest request) => request.Status == StatusCodes.Status304NotModified ? 0 : request.Response.ContentLength;
}
