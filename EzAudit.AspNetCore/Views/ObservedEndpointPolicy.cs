using System.Runtime.CompilerServices;
using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Views;

/// <summary>
/// Replaces endpoints whose metadata asks for observation when routing selects them. This way an attribute works the same on actions, pages
/// and minimal API handlers, and endpoints without one cost nothing.
/// </summary>
internal sealed class ObservedEndpointPolicy(ObservedTrail trail, ILoggerFactory loggers) : MatcherPolicy, IEndpointSelectorPolicy
{
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _observed = [];
    private readonly ILogger _logger = loggers.CreateLogger("EzAudit");

    // After the policies that load pages and choose dynamic endpoints: only then is this the endpoint that will be called.
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        ContainsDynamicEndpoints(endpoints) || endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<IObserved>() is not null || endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i)) continue;
            CandidateState candidate = candidates[i];
            if (candidate.Endpoint.Metadata.GetMetadata<IObserved>() is null) continue;
            candidates.ReplaceEndpoint(i, _observed.GetValue(candidate.Endpoint, Observe), candidate.Values);
        }
        return Task.CompletedTask;
    }

    private Endpoint Observe(Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint { RequestDelegate: not null } found) return endpoint;
        Observation[] observations =
        [
            .. endpoint.Metadata.GetOrderedMetadata<IObserved>()
                .GroupBy(observed => observed.Kind).OrderBy(kind => kind.Key).SelectMany(kind => kind.Last().Observations),
        ];
        var observed = new ObservedEndpoint(found.RequestDelegate!, observations, trail, _logger);
        return new RouteEndpoint(observed.InvokeAsync, found.RoutePattern, found.Order, found.Metadata, found.DisplayName);
    }
}
