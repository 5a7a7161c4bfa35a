using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages.Me;

/// <summary>Turns the second factor, an authenticator, on and off.</summary>
[Authorize]
internal sealed class TwoFactor(UserManager<Account> accounts, SignInManager<Account> signIn) : PageModel
{
    private const int CodeCount = 5;

    public bool IsOn { get; private set; }

    public string Key { get; private set; } = "";

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await accounts.GetUserAsync(User) is { } account ? await ShowAsync(account) : Challenge();

    public async Task<IActionResult> OnPostTurnOnAsync(string? code)
    {
        if (await accounts.GetUserAsync(User) is not { } account) return Challenge();
        if (!await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, code ?? ""))
        {
            ModelState.AddModelError("", "The code is wrong.");
            return await ShowAsync(account);
        }
        await accounts.SetTwoFactorEnabledAsync(account, true);
        RecoveryCodes = [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, CodeCount) ?? []];
        await signIn.RefreshSignInAsync(account);
        return await ShowAsync(account);
    }

    public async Task<IActionResult> OnPostTurnOffAsync()
    {
        if (await accounts.GetUserAsync(User) is not { } account) return Challenge();
        await accounts.SetTwoFactorEnabledAsync(account, false);
        await accounts.ResetAuthenticatorKeyAsync(account);
        await signIn.RefreshSignInAsync(account);
        return RedirectToPage();
    }

    private async Task<PageResult> ShowAsync(Account account)
    {
        IsOn = await accounts.GetTwoFactorEnabledAsync(account);
        if (await accounts.GetAuthenticatorKeyAsync(account) is null)
        {
            await accounts.ResetAuthenticatorKeyAsync(account);
            await signIn.RefreshSignInAsync(account);
        }
        Key = await accounts.GetAuthenticatorKeyAsync(account) ?? "";
        return Page();
    }
}
