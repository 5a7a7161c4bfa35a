using EzAudit.AspNetCore.Views;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EzAudit.AspNetCore;

/// <summary>
/// Says that an endpoint is a page whose input and output are recorded before the first byte of the answer is sent: <c>page-input</c>, whatever comes of
/// it, and for an answer with 2xx or 304 <c>page-output</c>, with the rows as <see cref="AuditSearchAttribute"/> counts objects, and the bytes where the
/// answer says its length in front.
/// </summary>
/// <param name="parameters">The names of the values of route or query, or of a form that the handler read, that are written. No others are.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditPageAttribute(params string[] parameters) : Attribute, IObserved, IFilterFactory
{
    /// <summary>The page's name; <see langword="null"/> for the pattern of its route.</summary>
    public string? Page { get; set; }

    /// <summary>The names of the values that are written.</summary>
    public IReadOnlyList<string> Parameters { get; } = [.. parameters];

    ObservedKind IObserved.Kind => ObservedKind.Page;

    IReadOnlyList<IObservation> IObserved.Observations => [new PageInputObservation(Page, Parameters), new PageOutputObservation(Page)];

    bool IFilterFactory.IsReusable => true;

    IFilterMetadata IFilterFactory.CreateInstance(IServiceProvider serviceProvider) => CountingFilter.Instance;
}
