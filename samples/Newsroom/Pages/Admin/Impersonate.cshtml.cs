using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages.Admin;

/// <summary>Starts and ends an administrator's impersonation of an account. Has no page to show.</summary>
[Authorize]
internal sealed class Impersonate(UserManager<Account> accounts, Impersonation impersonation) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostStartAsync(string id, string reason)
    {
        if (!User.May(Permissions.ManageAccounts)) return Forbid();
        if (!ModelState.IsValid || await accounts.FindByIdAsync(id) is not { } account) return BadRequest();
        await impersonation.StartAsync(HttpContext, account, reason);
        return RedirectToPage("/Index");
    }

    public async Task<IActionResult> OnPostEndAsync() =>
        await impersonation.EndAsync(HttpContext) ? RedirectToPage("/Admin/Accounts") : BadRequest();
}
