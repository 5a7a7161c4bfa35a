using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EzAudit.AspNetCore.Views;

/// <summary>Counts what an action or endpoint handler returns, before it is written.</summary>
internal sealed class CountingFilter : IResultFilter, IEndpointFilter
{
    public static CountingFilter Instance { get; } = new();

    public void OnResultExecuting(ResultExecutingContext context) => Count(context.HttpContext, context.Result);

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        object? result = await next(context).ConfigureAwait(false);
        Count(context.HttpContext, result);
        return result;
    }

    private static void Count(HttpContext context, object? result)
    {
        if (context.Features.Get<ObservedRequest>() is { } request) request.Count(result);
    }
}
