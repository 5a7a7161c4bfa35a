using EzAudit.AspNetCore;
using EzAudit.AspNetCore.Requests;
using EzAudit.AspNetCore.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Sets what is recorded for the requests of endpoints and groups.</summary>
/// <remarks>
/// All of them need <c>AddEzAudit().AddAspNetCore()</c>; without it, the first request to the endpoint fails. Functions without a file in audit.ini
/// cost next to nothing.
/// </remarks>
public static class EzAuditEndpointConventionBuilderExtensions
{
    /// <summary>Records views, as <see cref="AuditViewAttribute"/> does.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="entityType">The type of the entity shown.</param>
    /// <param name="idFrom">The name of the route or query value that holds its id.</param>
    /// <param name="pathFrom">The name of the value that holds its path.</param>
    /// <param name="projectFrom">The name of the value that holds its project.</param>
    public static TBuilder WithAuditView<TBuilder>(this TBuilder builder, string entityType, string idFrom = "id", string? pathFrom = null, string? projectFrom = null)
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditViewAttribute(entityType) { IdFrom = idFrom, PathFrom = pathFrom, ProjectFrom = projectFrom });

    /// <summary>Records searches, as <see cref="AuditSearchAttribute"/> does, and counts what the handler returns.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="entityType">The type of the entities found.</param>
    /// <param name="queryFrom">The names of the route or query values that make up the query; <c>q</c> by default.</param>
    public static TBuilder WithAuditSearch<TBuilder>(this TBuilder builder, string entityType, params string[] queryFrom)
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditSearchAttribute(entityType, queryFrom)).AddEndpointFilter(CountingFilter.Instance);

    /// <summary>Records downloads, as <see cref="AuditDownloadAttribute"/> does.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="entityType">The type of entity that the file belongs to.</param>
    /// <param name="idFrom">The name of the route or query value that holds its id.</param>
    public static TBuilder WithAuditDownload<TBuilder>(this TBuilder builder, string entityType, string idFrom = "id")
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditDownloadAttribute(entityType) { IdFrom = idFrom });

    /// <summary>Records calls of a service, as <see cref="AuditCallAttribute"/> does.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="resource">The name of the service.</param>
    /// <param name="operation">The operation; <see langword="null"/> for the method of the request.</param>
    public static TBuilder WithAuditCall<TBuilder>(this TBuilder builder, string resource, string? operation = null)
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditCallAttribute(resource) { Operation = operation });

    /// <summary>Records a page's input and the size of its output, as <see cref="AuditPageAttribute"/> does.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="page">The page's name; <see langword="null"/> for the pattern of its route.</param>
    /// <param name="parameters">The names of the route or query values to record.</param>
    public static TBuilder WithAuditPage<TBuilder>(this TBuilder builder, string? page = null, params string[] parameters)
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditPageAttribute(parameters) { Page = page }).AddEndpointFilter(CountingFilter.Instance);

    private static TBuilder With<TBuilder>(this TBuilder builder, IObserved observed) where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint =>
        {
            if (endpoint.ApplicationServices.GetService<RequestPipeline>() is null)
                throw new InvalidOperationException(
                    $"Endpoint {endpoint.DisplayName}: its requests must be recorded, but the services are not registered. Call builder.Services.AddEzAudit().AddAspNetCore().");
            endpoint.Metadata.Add(observed);
        });
        return builder;
    }
}
