using Microsoft.AspNetCore.Mvc.Razor.Internal;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.Hosting;

[assembly: RazorCompiledItem(typeof(EzAudit.Tests.AspNetCore.Views.TicketPage), "mvc.1.0.razor-page", "/Pages/Ticket.cshtml")]

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>What the Razor compiler generates for <c>@page "/pages/tickets/{id}"</c>, written by hand.</summary>
[RazorCompiledItemMetadata("RouteTemplate", "/pages/tickets/{id}")]
public sealed class TicketPage : Page
{
    [RazorInject]
    public IModelExpressionProvider ModelExpressionProvider { get; private set; } = null!;

    public TicketModel Model => (TicketModel)ViewContext.ViewData.Model!;

    public override Task ExecuteAsync()
    {
        WriteLiteral("<p>");
        Write(Model.Title);
        WriteLiteral("</p>");
        return Task.CompletedTask;
    }
}
