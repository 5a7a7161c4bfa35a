using EzAudit.AspNetCore.Views;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EzAudit.AspNetCore;

/// <summary>
/// Marks an endpoint as a page whose input and output are recorded before the first byte of the response is sent: <c>page-input</c> whatever the
/// outcome, and <c>page-output</c> for a response with 2xx or 304. Rows are counted as <see cref="AuditSearchAttribute"/> counts objects; bytes
/// are recorded if the response declares its length.
/// </summary>
/// <param name="parameters">The names of the route values, query values and form fields (if the handler read the form) to record. No others are recorded.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditPageAttribute(params string[] parameters) : Attribute, IObserved, IFilterFactory
{
    /// <summary>The page's name; <see langword="null"/> for the pattern of its route.</summary>
    public string? Page { get; set; }

    /// <summary>The names of the values to record.</summary>
    public IReadOnlyList<string> Parameters { get; } = [.. parameters];

    ObservedKind IObserved.Kind => ObservedKind.Page;

    IReadOnlyList<Observation> IObserved.Observations =>
    [
        new(PageAudit.InputFunction, IsOfContent: false, request => [Page ?? request.EndpointName, request.Values(Parameters)]),
        new(PageAudit.OutputFunction, IsOfContent: true, request =>
            [Page ?? request.EndpointName, request.Details.Count ?? request.Counted, request.Response.ContentLength]),
    ];

    bool IFilterFactory.IsReusable => true;

    IFilterMetadata IFilterFactory.CreateInstance(IServiceProvider serviceProvider) => CountingFilter.Instance;
}
