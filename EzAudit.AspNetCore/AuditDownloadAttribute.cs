using EzAudit.AspNetCore.Views;
using EzAudit.Plugins;

namespace EzAudit.AspNetCore;

/// <summary>
/// Marks an endpoint as a file download: each request answered with 2xx or 304 writes one record of <c>entity-download</c>, stored before the
/// first byte is sent. File name and length come from the response headers.
/// </summary>
/// <remarks>
/// When a file is fetched in ranges, each range writes a record with its own number of bytes. A 304 counts 0 bytes, since the reader already has the file.
/// A download that the reader cancels is recorded as requested. HEAD writes no record.
/// </remarks>
/// <param name="entityType">The type of entity that the file belongs to, such as <c>Ticket</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditDownloadAttribute(string entityType) : Attribute, IObserved
{
    /// <summary>The type of entity that the file belongs to.</summary>
    public string EntityType { get; } = entityType;

    /// <summary>The name of the route value, query value or form field (if the handler read the form) that holds the entity's id.</summary>
    public string IdFrom { get; set; } = "id";

    ObservedKind IObserved.Kind => ObservedKind.Access;

    IReadOnlyList<Observation> IObserved.Observations =>
    [
        new(EntityAudit.DownloadFunction, IsOfContent: true, request =>
            [EntityType, request.Details.Id ?? request.Value(IdFrom), request.Details.FileName ?? request.SentFileName, request.SentBytes]),
    ];
}
