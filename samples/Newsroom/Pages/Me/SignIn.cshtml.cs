using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages.Me;

/// <summary>Signs a user in with login and password.</summary>
internal sealed class SignIn(SignInManager<Account> signIn) : PageModel
{
    [BindProperty, Required]
    public string Login { get; set; } = "";

    [BindProperty, Required]
    public string Password { get; set; } = "";

    [BindProperty]
    public bool Remember { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return Page();
        Microsoft.AspNetCore.Identity.SignInResult result = await signIn.PasswordSignInAsync(Login, Password, Remember, lockoutOnFailure: true);
        if (result.Succeeded) return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
        if (result.RequiresTwoFactor) return RedirectToPage("/Me/SecondFactor", new { Remember, ReturnUrl });
        ModelState.AddModelError("", result.IsLockedOut ? "This account is disabled or temporarily locked." : "Login or password is wrong.");
        return Page();
    }
}
