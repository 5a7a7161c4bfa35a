using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages.Me;

/// <summary>The second step of signing in: an authenticator code or a recovery code.</summary>
internal sealed class SecondFactor(SignInManager<Account> signIn) : PageModel
{
    private const int AuthenticatorCodeLength = 6;

    [BindProperty, Required]
    public string Code { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public bool Remember { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return Page();
        string code = Code.Replace(" ", "", StringComparison.Ordinal);
        Microsoft.AspNetCore.Identity.SignInResult result = code.Length == AuthenticatorCodeLength
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code, Remember, rememberClient: false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (result.Succeeded) return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
        ModelState.AddModelError("", "The code is wrong.");
        return Page();
    }
}
