using EzAudit.AspNetCore.Views;
using EzAudit.Plugins;

namespace EzAudit.AspNetCore;

/// <summary>
/// Marks an endpoint as the view of one entity: each request answered with 2xx or 304 writes one record of <c>entity-view</c>, stored before the
/// first byte of the response is sent. For actions, controllers, page models and minimal API handlers.
/// </summary>
/// <remarks>
/// HEAD shows nothing and writes no record. A handler adds what only it knows with <c>HttpContext.AuditView(...)</c>. If several attributes
/// mark a view, a search or a download, the method's wins over that of the class or group. A response from the application's cache
/// (<c>UseOutputCache</c>, <c>UseResponseCaching</c>) never reaches the endpoint, so it writes no record of this kind.
/// </remarks>
/// <param name="entityType">The type of the entity, such as <c>Requirement</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditViewAttribute(string entityType) : Attribute, IObserved
{
    /// <summary>The type of the entity.</summary>
    public string EntityType { get; } = entityType;

    /// <summary>The name of the route value, query value or form field (if the handler read the form) that holds the entity's id.</summary>
    public string IdFrom { get; set; } = "id";

    /// <summary>The name of the value that holds its path; <see langword="null"/> for none.</summary>
    public string? PathFrom { get; set; }

    /// <summary>The name of the value that holds its project; <see langword="null"/> for none.</summary>
    public string? ProjectFrom { get; set; }

    ObservedKind IObserved.Kind => ObservedKind.Access;

    IReadOnlyList<Observation> IObserved.Observations =>
    [
        new(EntityAudit.ViewFunction, IsOfContent: true, request =>
        [
            EntityType,
            request.Details.Path ?? request.Value(PathFrom),
            request.Details.Id ?? request.Value(IdFrom),
            request.Details.Project ?? request.Value(ProjectFrom),
        ]),
    ];
}
