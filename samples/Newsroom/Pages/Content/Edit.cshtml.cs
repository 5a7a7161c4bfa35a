using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Content;

namespace Newsroom.Pages.Content;

/// <summary>Changes an article's title and text.</summary>
[Authorize(Permissions.EditContent)]
internal sealed class Edit(ContentTree tree, Writing writing) : PageModel
{
    [BindProperty, Required, StringLength(200)]
    public string Name { get; set; } = "";

    [BindProperty, Required]
    public string Text { get; set; } = "";

    public async Task<IActionResult> OnGetAsync(long id)
    {
        if (await tree.FindAsync(id) is not { } node) return NotFound();
        (Name, Text) = (node.Article.Name, node.Article.Text);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id)
    {
        if (!ModelState.IsValid) return Page();
        try
        {
            await writing.EditAsync(id, Name, Text);
        }
        catch (ContentException refusal)
        {
            ModelState.AddModelError("", refusal.Message);
            return Page();
        }
        return RedirectToPage("/Content/Read", new { id });
    }
}
