using EzAudit.AspNetCore.Views;

namespace EzAudit.AspNetCore;

/// <summary>
/// Says that an endpoint gives out a file: each request that it answers with 2xx or 304 leaves one record of <c>entity-download</c>, stored before the
/// first byte is sent, with name and length as the headers of the answer say them.
/// </summary>
/// <remarks>
/// Of a file fetched in ranges each range is a record with its own number of bytes; a 304 is one of 0 bytes, since the reader has the file already.
/// A download that the reader breaks off is recorded as what was asked for. HEAD leaves no record.
/// </remarks>
/// <param name="entityType">What kind of thing the file belongs to, such as <c>Ticket</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditDownloadAttribute(string entityType) : Attribute, IObserved
{
    /// <summary>What kind of thing the file belongs to.</summary>
    public string EntityType { get; } = entityType;

    /// <summary>The name of the value of route or query, or of a form that the handler read, that is the id of that thing.</summary>
    public string IdFrom { get; set; } = "id";

    ObservedKind IObserved.Kind => ObservedKind.Access;

    IReadOnlyList<IObservation> IObserved.Observations => [new DownloadObservation(EntityType, IdFrom)];
}
