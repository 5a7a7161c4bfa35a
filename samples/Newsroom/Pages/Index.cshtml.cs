using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Content;

namespace Newsroom.Pages;

/// <summary>All articles in their order; for editors also those that others do not see.</summary>
internal sealed class Index(ContentTree tree) : PageModel
{
    public IReadOnlyList<PlacedNode> Nodes { get; private set; } = [];

    public bool IsEditor => User.May(Permissions.EditContent);

    public async Task OnGetAsync() => Nodes = await tree.ListAsync(IsEditor);
}
