using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Content;

namespace Newsroom.Pages;

/// <summary>Lists all articles in tree order; for editors, including those hidden from readers.</summary>
internal sealed class Index(ContentTree tree) : PageModel
{
    public IReadOnlyList<PlacedNode> Nodes { get; private set; } = [];

    public bool IsEditor => User.May(Permissions.EditContent);

    public async Task OnGetAsync() => Nodes = await tree.ListAsync(IsEditor);
}
