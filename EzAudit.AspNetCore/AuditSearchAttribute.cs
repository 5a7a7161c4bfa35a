using EzAudit.AspNetCore.Views;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EzAudit.AspNetCore;

/// <summary>
/// Says that an endpoint lists or searches: each request that it answers with 2xx or 304 leaves one record of <c>entity-search</c>, stored before the
/// first byte of the answer is sent.
/// </summary>
/// <remarks>
/// The number of objects is that of the collection an action returns, or a handler of a minimal API with <c>WithAuditSearch</c>, where it is known
/// without enumerating. Of anything else the handler says it: <c>HttpContext.AuditSearch(resultCount: ...)</c>. HEAD leaves no record.
/// </remarks>
/// <param name="entityType">What kind of things they are, such as <c>Ticket</c>.</param>
/// <param name="queryFrom">
/// The names of the values of route or query, or of a form that the handler read, that are the query; at first <c>q</c>. The value of one name is
/// written as it is, those of several as <c>name=value</c>. No others are written.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditSearchAttribute(string entityType, params string[] queryFrom) : Attribute, IObserved, IFilterFactory
{
    /// <summary>What kind of things they are.</summary>
    public string EntityType { get; } = entityType;

    /// <summary>The names of the values that are the query.</summary>
    public IReadOnlyList<string> QueryFrom { get; } = queryFrom.Length > 0 ? [.. queryFrom] : ["q"];

    ObservedKind IObserved.Kind => ObservedKind.Access;

    IReadOnlyList<IObservation> IObserved.Observations => [new SearchObservation(EntityType, QueryFrom)];

    bool IFilterFactory.IsReusable => true;

    IFilterMetadata IFilterFactory.CreateInstance(IServiceProvider serviceProvider) => CountingFilter.Instance;
}
