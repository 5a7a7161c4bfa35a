using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages.Me;

/// <summary>Changes the user's own password.</summary>
[Authorize]
internal sealed class Password(UserManager<Account> accounts, SignInManager<Account> signIn) : PageModel
{
    [BindProperty, Required]
    public string Old { get; set; } = "";

    [BindProperty, Required]
    public string Wanted { get; set; } = "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid || await accounts.GetUserAsync(User) is not { } account) return Page();
        IdentityResult result = await accounts.ChangePasswordAsync(account, Old, Wanted);
        if (result.Succeeded)
        {
            await signIn.RefreshSignInAsync(account);
            TempData["Message"] = "Your password has been changed.";
            return RedirectToPage("/Me/Index");
        }
        foreach (IdentityError error in result.Errors) ModelState.AddModelError("", error.Description);
        return Page();
    }
}
