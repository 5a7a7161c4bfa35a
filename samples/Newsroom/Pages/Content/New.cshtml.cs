using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Content;

namespace Newsroom.Pages.Content;

/// <summary>Creates an article below another.</summary>
[Authorize(Permissions.EditContent)]
internal sealed class New(ContentTree tree, Writing writing) : PageModel
{
    [BindProperty, Required, StringLength(200)]
    public string Name { get; set; } = "";

    [BindProperty, Required]
    public string Text { get; set; } = "";

    public async Task<IActionResult> OnGetAsync(long id) => await tree.FindAsync(id) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(long id)
    {
        if (await tree.FindAsync(id) is null) return NotFound();
        if (!ModelState.IsValid) return Page();
        Node node = await writing.CreateAsync(id, Name, Text, User.AccountId());
        TempData["Message"] = "Created as a draft. Publish it to make it readable for everyone.";
        return RedirectToPage("/Content/Arrange", new { id = node.Id });
    }
}
