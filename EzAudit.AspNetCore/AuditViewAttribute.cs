using EzAudit.AspNetCore.Views;

namespace EzAudit.AspNetCore;

/// <summary>
/// Says that an endpoint shows one thing: each request that it answers with 2xx or 304 leaves one record of <c>entity-view</c>, stored before the
/// first byte of the answer is sent. For actions, controllers, page models and handlers of minimal APIs.
/// </summary>
/// <remarks>
/// HEAD shows nothing and leaves no record. What only the handler knows, it says by <c>HttpContext.AuditView(...)</c>. Of several attributes for a
/// view, a search or a download, that of the method wins over that of the class or group. An answer that a cache of the application gives
/// (<c>UseOutputCache</c>, <c>UseResponseCaching</c>) does not reach the endpoint: nor does it leave a record of this kind.
/// </remarks>
/// <param name="entityType">What kind of thing it is, such as <c>Requirement</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditViewAttribute(string entityType) : Attribute, IObserved
{
    /// <summary>What kind of thing it is.</summary>
    public string EntityType { get; } = entityType;

    /// <summary>The name of the value of route or query, or of a form that the handler read, that is its id.</summary>
    public string IdFrom { get; set; } = "id";

    /// <summary>The name of the value that is its path; <see langword="null"/> for none.</summary>
    public string? PathFrom { get; set; }

    /// <summary>The name of the value that is its project; <see langword="null"/> for none.</summary>
    public string? ProjectFrom { get; set; }

    ObservedKind IObserved.Kind => ObservedKind.Access;

    IReadOnlyList<IObservation> IObserved.Observations => [new ViewObservation(EntityType, IdFrom, PathFrom, ProjectFrom)];
}
