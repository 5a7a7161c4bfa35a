using System.Globalization;
using EzAudit.AspNetCore.Views;
using EzAudit.Plugins;

namespace EzAudit.AspNetCore;

/// <summary>
/// Marks an endpoint as a service: each call, whatever its outcome, writes one record of <c>application-call</c>, stored before the first byte
/// of the response is sent. The recorded duration ends at that point.
/// </summary>
/// <param name="resource">The name of the service.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditCallAttribute(string resource) : Attribute, IObserved
{
    /// <summary>The name of the service.</summary>
    public string Resource { get; } = resource;

    /// <summary>The operation; <see langword="null"/> for the method of the request.</summary>
    public string? Operation { get; set; }

    ObservedKind IObserved.Kind => ObservedKind.Call;

    IReadOnlyList<Observation> IObserved.Observations =>
    [
        new(ApplicationAudit.CallFunction, IsOfContent: false, request =>
            [Resource, Operation ?? request.Method, request.Elapsed, request.Status.ToString(CultureInfo.InvariantCulture)]),
    ];
}
