using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Newsroom.Accounts;

namespace Newsroom.Pages.Me;

/// <summary>The target of a password reset link.</summary>
internal sealed class ResetPassword(UserManager<Account> accounts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty, Required]
    public string Password { get; set; } = "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid || await accounts.FindByIdAsync(Id) is not { } account || !TryRead(Code, out string token)) return Page();
        IdentityResult result = await accounts.ResetPasswordAsync(account, token, Password);
        if (result.Succeeded)
        {
            TempData["Message"] = "Your password has been reset. Sign in with it.";
            return RedirectToPage("/Me/SignIn");
        }
        foreach (IdentityError error in result.Errors)
            ModelState.AddModelError("", error.Code == nameof(IdentityErrorDescriber.InvalidToken) ? "This link is no longer valid." : error.Description);
        return Page();
    }

    private static bool TryRead(string code, out string token)
    {
        try
        {
            token = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
            return true;
        }
        catch (FormatException)
        {
            token = "";
            return false;
        }
    }
}
