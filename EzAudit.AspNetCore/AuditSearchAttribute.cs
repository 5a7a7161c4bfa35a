using EzAudit.AspNetCore.Views;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EzAudit.AspNetCore;

/// <summary>
/// Marks an endpoint as a list or search: each request answered with 2xx or 304 writes one record of <c>entity-search</c>, stored before the
/// first byte of the response is sent.
/// </summary>
/// <remarks>
/// The objects are counted if an action, or a minimal API handler with <c>WithAuditSearch</c>, returns a collection whose size is known without
/// enumerating it. Otherwise the handler sets the number: <c>HttpContext.AuditSearch(resultCount: ...)</c>. HEAD writes no record.
/// </remarks>
/// <param name="entityType">The type of the entities found, such as <c>Ticket</c>.</param>
/// <param name="queryFrom">
/// The names of the route values, query values and form fields (if the handler read the form) that make up the query; <c>q</c> by default. A single
/// value is recorded as it is, several as <c>name=value</c>. No others are recorded.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditSearchAttribute(string entityType, params string[] queryFrom) : Attribute, IObserved, IFilterFactory
{
    /// <summary>The type of the entities found.</summary>
    public string EntityType { get; } = entityType;

    /// <summary>The names of the values that make up the query.</summary>
    public IReadOnlyList<string> QueryFrom { get; } = queryFrom.Length > 0 ? [.. queryFrom] : ["q"];

    ObservedKind IObserved.Kind => ObservedKind.Access;

    IReadOnlyList<Observation> IObserved.Observations =>
    [
        new(EntityAudit.SearchFunction, IsOfContent: true, request =>
            [EntityType, request.Details.Query ?? QueryOf(request), request.Details.Count ?? request.Counted]),
    ];

    bool IFilterFactory.IsReusable => true;

    IFilterMetadata IFilterFactory.CreateInstance(IServiceProvider serviceProvider) => CountingFilter.Instance;

    private string? QueryOf(ObservedRequest request) => QueryFrom.Count == 1 ? request.Value(QueryFrom[0]) : request.Values(QueryFrom);
}
