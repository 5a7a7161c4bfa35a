using EzAudit.Plugins;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Content;

namespace Newsroom.Pages;

/// <summary>Finds articles by words.</summary>
internal sealed class Search(ContentTree tree) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string Query { get; set; } = "";

    public IReadOnlyList<Node> Found { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Query = Query?.Trim() ?? "";
        if (Query.Length == 0) return;
        Found = await tree.SearchAsync(Query);
        EntityAudit.Search("article", Query, Found.Count);
    }
}
