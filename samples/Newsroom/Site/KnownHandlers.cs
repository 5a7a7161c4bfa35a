using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Newsroom.Site;

/// <summary>Answers 404 if a page has no handler for a request. Razor Pages would show the page without the data that its handlers read.</summary>
internal sealed class KnownHandlers : IPageFilter
{
    private const string Name = "handler";

    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // The error page has no handlers, and after an exception it is called with the query of the page that failed.
        if (context.HandlerMethod is not null || context.ActionDescriptor.HandlerMethods.Count == 0) return;
        // A page can be shown without a handler if it needs no data.
        HttpRequest request = context.HttpContext.Request;
        bool isNamed = context.RouteData.Values.ContainsKey(Name) || !string.IsNullOrEmpty(request.Query[Name]);
        if (isNamed || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))) context.Result = new NotFoundResult();
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
