using EzAudit.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Content;

namespace Newsroom.Pages;

/// <summary>Finds articles by words.</summary>
[AuditSearch("article")]
internal sealed class Search(ContentTree tree) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string Query { get; set; } = "";

    public IReadOnlyList<Node> Found { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (string.IsNullOrWhiteSpace(Query)) return RedirectToPage("/Index");
        Found = await tree.SearchAsync(Query);
        HttpContext.AuditSearch(Found.Count);
        return Page();
    }
}
