using EzAudit.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Content;

namespace Newsroom.Pages.Content;

/// <summary>Shows one article.</summary>
[AuditView("article")]
internal sealed class Read(ContentTree tree, Attachments attachments) : PageModel
{
    public Node Node { get; private set; } = null!;

    public IReadOnlyList<Attachment> Attachments { get; private set; } = [];

    public bool IsEditor => User.May(Permissions.EditContent);

    public async Task<IActionResult> OnGetAsync(long id)
    {
        if (await (IsEditor ? tree.FindAsync(id) : tree.FindPublicAsync(id)) is not { } node) return NotFound();
        Node = node;
        HttpContext.AuditView(path: IsEditor ? node.Article.Name : node.Article.PublishedName);
        Attachments = await attachments.ListAsync(node.ArticleId);
        return Page();
    }
}
