using EzAudit.AspNetCore;
using EzAudit.AspNetCore.Requests;
using EzAudit.AspNetCore.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Says of endpoints and groups of them what of their requests is recorded.</summary>
/// <remarks>
/// All of them need <c>AddEzAudit().AddAspNetCore()</c> and <c>app.UseEzAudit()</c>; what misses them fails when the application first needs the
/// endpoint. What audit.ini names no file for costs next to nothing.
/// </remarks>
public static class EzAuditEndpointConventionBuilderExtensions
{
    /// <summary>Records who looked at what, as <see cref="AuditViewAttribute"/> does.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="entityType">What kind of thing is shown.</param>
    /// <param name="idFrom">The name of the value of route or query that is its id.</param>
    /// <param name="pathFrom">The name of the value that is its path.</param>
    /// <param name="projectFrom">The name of the value that is its project.</param>
    public static TBuilder WithAuditView<TBuilder>(this TBuilder builder, string entityType, string idFrom = "id", string? pathFrom = null, string? projectFrom = null)
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditViewAttribute(entityType) { IdFrom = idFrom, PathFrom = pathFrom, ProjectFrom = projectFrom });

    /// <summary>Records who searched for what, as <see cref="AuditSearchAttribute"/> does, and counts what the handler returns.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="entityType">What kind of things are found.</param>
    /// <param name="queryFrom">The names of the values of route or query that are the query; at first <c>q</c>.</param>
    public static TBuilder WithAuditSearch<TBuilder>(this TBuilder builder, string entityType, params string[] queryFrom)
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditSearchAttribute(entityType, queryFrom)).AddEndpointFilter(CountingFilter.Instance);

    /// <summary>Records who downloaded what, as <see cref="AuditDownloadAttribute"/> does.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="entityType">What kind of thing the file belongs to.</param>
    /// <param name="idFrom">The name of the value of route or query that is its id.</param>
    public static TBuilder WithAuditDownload<TBuilder>(this TBuilder builder, string entityType, string idFrom = "id")
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditDownloadAttribute(entityType) { IdFrom = idFrom });

    /// <summary>Records who called a service, as <see cref="AuditCallAttribute"/> does.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="resource">The name of the service.</param>
    /// <param name="operation">What is done; <see langword="null"/> for the method of the request.</param>
    public static TBuilder WithAuditCall<TBuilder>(this TBuilder builder, string resource, string? operation = null)
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditCallAttribute(resource) { Operation = operation });

    /// <summary>Records what went into a page and how much came out, as <see cref="AuditPageAttribute"/> does.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="page">The page's name; <see langword="null"/> for the pattern of its route.</param>
    /// <param name="parameters">The names of the values of route or query that are written.</param>
    public static TBuilder WithAuditPage<TBuilder>(this TBuilder builder, string? page = null, params string[] parameters)
        where TBuilder : IEndpointConventionBuilder =>
        builder.With(new AuditPageAttribute(parameters) { Page = page }).AddEndpointFilter(CountingFilter.Instance);

    private static TBuilder With<TBuilder>(this TBuilder builder, IObserved observed) where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint =>
        {
            if (endpoint.ApplicationServices.GetService<RequestPipeline>() is null)
                throw new InvalidOperationException($"Endpoint {endpoint.DisplayName}: its requests are to be recorded, but found no services for it, expected builder.Services.AddEzAudit().AddAspNetCore().");
            endpoint.Metadata.Add(observed);
        });
        return builder;
    }
}
