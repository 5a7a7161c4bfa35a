using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Finds the endpoint that a request asked for. If an error page replaced it, this is not the error page, and may be none.</summary>
internal static class RequestedEndpoint
{
    public static Endpoint? Of(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerPathFeature>() is { } failed) return failed.Endpoint;
        return ReplacedIn(context) is { } replaced ? replaced.Endpoint : context.Features.Get<IEndpointFeature>()?.Endpoint;
    }

    public static RouteValueDictionary? RouteOf(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerPathFeature>() is { } failed) return failed.RouteValues;
        return ReplacedIn(context) is { } replaced ? replaced.RouteValues : context.Features.Get<IRouteValuesFeature>()?.RouteValues;
    }

    /// <summary>An endpoint's name in records: its route pattern.</summary>
    public static string? NameOf(Endpoint? endpoint)
    {
        if (endpoint is not RouteEndpoint { RoutePattern.RawText: { } text }) return endpoint?.DisplayName;
        return text.StartsWith('/') ? text : $"/{text}";
    }

    /// <summary>The page of an endpoint; <see langword="null"/> if it has none.</summary>
    public static string? PageOf(Endpoint? endpoint)
    {
        if (endpoint?.Metadata.GetMetadata<PageActionDescriptor>() is { } page) return page.ViewEnginePath;
        if (endpoint?.Metadata.GetMetadata<ControllerActionDescriptor>() is not { } action) return null;
        bool isApi = action.EndpointMetadata.OfType<IApiBehaviorMetadata>().Any();
        return isApi ? null : $"{action.ControllerName}/{action.ActionName}";
    }

    private static IStatusCodeReExecuteFeature? ReplacedIn(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() ?? (context.Features.Get<IEndpointFeature>() as EndpointObserver)?.Replaced;
}
