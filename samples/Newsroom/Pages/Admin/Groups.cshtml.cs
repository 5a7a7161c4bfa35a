using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Newsroom.Accounts;
using Newsroom.Data;

namespace Newsroom.Pages.Admin;

/// <summary>Lists all groups and creates new ones.</summary>
[Authorize(Permissions.ManageAccounts)]
internal sealed class Groups(NewsroomDatabase database, RoleManager<Group> groups) : PageModel
{
    public IReadOnlyList<Group> All { get; private set; } = [];

    public async Task OnGetAsync() => All = await database.Groups.AsNoTracking().OrderBy(group => group.Name).ToListAsync();

    public async Task<IActionResult> OnPostAsync(string name)
    {
        var group = new Group { Name = name };
        IdentityResult result = await groups.CreateAsync(group);
        if (result.Succeeded) return RedirectToPage("/Admin/GroupDetails", new { id = group.Id });
        foreach (IdentityError error in result.Errors) ModelState.AddModelError("", error.Description);
        await OnGetAsync();
        return Page();
    }
}
