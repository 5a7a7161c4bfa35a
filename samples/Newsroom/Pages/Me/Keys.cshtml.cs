using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Api;

namespace Newsroom.Pages.Me;

/// <summary>Manages the keys with which programs act for the user.</summary>
[Authorize]
internal sealed class Keys(ApiKeys keys, UserManager<Account> accounts) : PageModel
{
    public IReadOnlyList<ApiKey> All { get; private set; } = [];

    public string? NewKey { get; private set; }

    public async Task OnGetAsync() => All = await keys.ListAsync(User.AccountId());

    public async Task<IActionResult> OnPostAsync(string name)
    {
        if (await accounts.GetUserAsync(User) is not { } account) return Challenge();
        if (!ModelState.IsValid) return BadRequest();
        NewKey = await keys.CreateAsync(account, name);
        await OnGetAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(long id)
    {
        if (await accounts.GetUserAsync(User) is not { } account) return Challenge();
        await keys.RevokeAsync(account, id);
        return RedirectToPage();
    }
}
