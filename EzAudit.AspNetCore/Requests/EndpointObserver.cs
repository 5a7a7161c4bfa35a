using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Sees which endpoint a request gets, and keeps the one that was asked for when an error page takes its place.</summary>
/// <remarks>
/// The record that a request came in is written when the request reaches its endpoint, or before the answer where there is none: by then the
/// middleware for forwarded headers has said which address and scheme are the client's, and routing which ids may be written.
/// </remarks>
internal sealed class EndpointObserver : IEndpointFeature
{
    private static readonly ConditionalWeakTable<Endpoint, Endpoint> Recorded = [];

    private readonly IFeatureCollection _features;
    private readonly IEndpointFeature? _inner;
    private Endpoint? _endpoint;
    private Task? _written;

    private EndpointObserver(IFeatureCollection features)
    {
        _features = features;
        _inner = features.Get<IEndpointFeature>();
        _endpoint = _inner?.Endpoint;
    }

    /// <summary>Writes the arrival; <see langword="null"/> where it is not recorded.</summary>
    public Func<Task>? Write { get; set; }

    /// <summary>The request as it was when an error page took its place. Its middleware removes it before the pipeline returns.</summary>
    public IStatusCodeReExecuteFeature? Replaced { get; private set; }

    public Endpoint? Endpoint
    {
        get => _endpoint;
        set
        {
            Replaced ??= _features.Get<IStatusCodeReExecuteFeature>();
            _endpoint = value is null || Write is null ? value : Recorded.GetValue(value, Record);
            if (_inner is not null) _inner.Endpoint = _endpoint;
        }
    }

    /// <summary>Takes the place of the request's endpoint feature.</summary>
    public static EndpointObserver Of(HttpContext context)
    {
        var observer = new EndpointObserver(context.Features);
        context.Features.Set<IEndpointFeature>(observer);
        return observer;
    }

    /// <summary>Writes the arrival, if it is recorded and nobody did yet. What it throws refuses the request.</summary>
    public Task WriteAsync() => _written ??= Write?.Invoke() ?? Task.CompletedTask;

    private static Endpoint Record(Endpoint endpoint)
    {
        if (endpoint.RequestDelegate is not { } inner) return endpoint;
        async Task InvokeAsync(HttpContext context)
        {
            if (context.Features.Get<IEndpointFeature>() is EndpointObserver observer) await observer.WriteAsync().ConfigureAwait(false);
            await inner(context).ConfigureAwait(false);
        }
        return endpoint is RouteEndpoint route
            ? new RouteEndpoint(InvokeAsync, route.RoutePattern, route.Order, route.Metadata, route.DisplayName)
            : new Endpoint(InvokeAsync, endpoint.Metadata, endpoint.DisplayName);
    }
}
