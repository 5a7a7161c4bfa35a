using EzAudit.AspNetCore.Views;

namespace EzAudit.AspNetCore;

/// <summary>
/// Says that an endpoint is a service: each call of it, whatever comes of it, leaves one record of <c>application-call</c>, stored before the first byte
/// of the answer is sent; the duration is the time until then.
/// </summary>
/// <param name="resource">The name of the service.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditCallAttribute(string resource) : Attribute, IObserved
{
    /// <summary>The name of the service.</summary>
    public string Resource { get; } = resource;

    /// <summary>What is done; <see langword="null"/> for the method of the request.</summary>
    public string? Operation { get; set; }

    ObservedKind IObserved.Kind => ObservedKind.Call;

    IReadOnlyList<IObservation> IObserved.Observations => [new CallObservation(Resource, Operation)];
}
