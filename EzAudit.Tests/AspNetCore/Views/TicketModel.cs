using EzAudit.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>The model of a page with attributes.</summary>
[AuditView("Ticket")]
[AuditPage("id", "tab")]
public sealed class TicketModel : PageModel
{
    public string Title { get; private set; } = "";

    public void OnGet(int id)
    {
        Title = $"Ticket {id}";
        HttpContext.AuditView(path: $"General/{Title}");
        HttpContext.AuditPage(rows: 12);
    }
}
