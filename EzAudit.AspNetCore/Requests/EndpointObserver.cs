using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Observes which endpoint a request reaches, and keeps the requested one when an error page replaces it.</summary>
/// <remarks>
/// The arrival is recorded when the request reaches its endpoint, or before the response if it reaches none: by then the middleware for
/// forwarded headers has set the client's address and scheme, and routing has determined which ids may be recorded.
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

    /// <summary>Records the arrival; <see langword="null"/> if arrivals are not recorded.</summary>
    public Func<Task>? Write
    {
        get;
        set
        {
            field = value;
            // Routing may have run already.
            if (_endpoint is not null) Endpoint = _endpoint;
        }
    }

    /// <summary>The request before an error page replaced it. The error page's middleware removes it before the pipeline returns.</summary>
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

    /// <summary>Replaces the request's endpoint feature with an observer.</summary>
    public static EndpointObserver Of(HttpContext context)
    {
        var observer = new EndpointObserver(context.Features);
        context.Features.Set<IEndpointFeature>(observer);
        return observer;
    }

    /// <summary>Records the arrival, if enabled and not done yet. An exception refuses the request.</summary>
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
