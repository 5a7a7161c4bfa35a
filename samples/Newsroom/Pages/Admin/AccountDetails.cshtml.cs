using System.Security.Claims;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Newsroom.Accounts;
using Newsroom.Data;

namespace Newsroom.Pages.Admin;

/// <summary>Shows and edits one account: groups, permissions, password, and whether it is enabled.</summary>
[Authorize(Permissions.ManageAccounts)]
internal sealed class AccountDetails(NewsroomDatabase database, UserManager<Account> accounts) : PageModel
{
    public Account Account { get; private set; } = null!;

    public bool IsDisabled { get; private set; }

    public IReadOnlyList<string> Groups { get; private set; } = [];

    public IReadOnlyList<string> AllGroups { get; private set; } = [];

    public IReadOnlyList<string> Granted { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await accounts.FindByIdAsync($"{RouteData.Values["id"]}") is not { } account)
        {
            context.Result = NotFound();
            return;
        }
        Account = account;
        Groups = [.. await accounts.GetRolesAsync(account)];
        Granted = [.. (await accounts.GetClaimsAsync(account)).Where(claim => claim.Type == Permissions.ClaimType).Select(claim => claim.Value)];
        await next();
    }

    public async Task OnGetAsync()
    {
        IsDisabled = await accounts.IsLockedOutAsync(Account);
        AllGroups = await database.Groups.OrderBy(group => group.Name).Select(group => group.Name).ToListAsync();
    }

    public async Task<IActionResult> OnPostGroupsAsync(string[] groups)
    {
        IEnumerable<string> added = groups.Except(Groups).ToList();
        IEnumerable<string> removed = Groups.Except(groups).ToList();
        if (removed.Any()) await accounts.RemoveFromRolesAsync(Account, removed);
        if (added.Any()) await accounts.AddToRolesAsync(Account, added);
        return await BackAsync();
    }

    public async Task<IActionResult> OnPostPermissionsAsync(string[] permissions)
    {
        List<Claim> granted = ClaimsOf(permissions.Except(Granted));
        List<Claim> revoked = ClaimsOf(Granted.Except(permissions));
        if (revoked.Count > 0) await accounts.RemoveClaimsAsync(Account, revoked);
        if (granted.Count > 0) await accounts.AddClaimsAsync(Account, granted);
        return await BackAsync();
    }

    public async Task<IActionResult> OnPostDisableAsync()
    {
        await accounts.SetLockoutEndDateAsync(Account, DateTimeOffset.MaxValue);
        return await BackAsync();
    }

    public async Task<IActionResult> OnPostEnableAsync()
    {
        await accounts.SetLockoutEndDateAsync(Account, null);
        return await BackAsync();
    }

    public async Task<IActionResult> OnPostPasswordAsync(string password)
    {
        // Without a password hash, AddPasswordAsync checks and stores the new password in one step.
        Account.PasswordHash = null;
        IdentityResult result = await accounts.AddPasswordAsync(Account, password);
        foreach (IdentityError error in result.Errors) ModelState.AddModelError("", error.Description);
        if (!result.Succeeded)
        {
            await OnGetAsync();
            return Page();
        }
        return await BackAsync();
    }

    public async Task<IActionResult> OnPostEraseAsync()
    {
        (Account.FullName, Account.Email, Account.IsEmailConfirmed) = ("", null, false);
        Account.NormalizedEmail = null;
        await database.SaveChangesAsync();
        DataAudit.ErasePersonal(Account.Id, Account.Login, "name and email address", "asked for by the person");
        return await BackAsync();
    }

    public async Task<IActionResult> OnPostDeleteAsync()
    {
        await accounts.DeleteAsync(Account);
        return RedirectToPage("/Admin/Accounts");
    }

    // Sessions of this account notice the change on their next request.
    private async Task<IActionResult> BackAsync()
    {
        if (Account.Id != User.AccountId()) await accounts.UpdateSecurityStampAsync(Account);
        return RedirectToPage(new { id = Account.Id });
    }

    private static List<Claim> ClaimsOf(IEnumerable<string> permissions) =>
        permissions.Select(permission => new Claim(Permissions.ClaimType, permission)).ToList();
}
