using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages.Admin;

/// <summary>Shows and edits one group: its members and their permissions.</summary>
[Authorize(Permissions.ManageAccounts)]
internal sealed class GroupDetails(RoleManager<Group> groups, UserManager<Account> accounts) : PageModel
{
    public Group Group { get; private set; } = null!;

    public IReadOnlyList<string> Members { get; private set; } = [];

    public IReadOnlyList<string> Granted { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await groups.FindByIdAsync($"{RouteData.Values["id"]}") is not { } group)
        {
            context.Result = NotFound();
            return;
        }
        Group = group;
        Granted = [.. (await groups.GetClaimsAsync(group)).Where(claim => claim.Type == Permissions.ClaimType).Select(claim => claim.Value)];
        await next();
    }

    public async Task OnGetAsync() => Members = [.. (await accounts.GetUsersInRoleAsync(Group.Name)).Select(account => account.Login)];

    public async Task<IActionResult> OnPostRenameAsync(string name)
    {
        await groups.SetRoleNameAsync(Group, name);
        return await AnswerAsync(await groups.UpdateAsync(Group));
    }

    public async Task<IActionResult> OnPostPermissionsAsync(string[] permissions)
    {
        foreach (string revoked in Granted.Except(permissions)) await groups.RemoveClaimAsync(Group, new Claim(Permissions.ClaimType, revoked));
        foreach (string granted in permissions.Except(Granted)) await groups.AddClaimAsync(Group, new Claim(Permissions.ClaimType, granted));
        return RedirectToPage(new { id = Group.Id });
    }

    public Task<IActionResult> OnPostAddAsync(string login) => ForAccountAsync(login, account => accounts.AddToRoleAsync(account, Group.Name));

    public Task<IActionResult> OnPostRemoveAsync(string login) => ForAccountAsync(login, account => accounts.RemoveFromRoleAsync(account, Group.Name));

    public async Task<IActionResult> OnPostDeleteAsync()
    {
        await groups.DeleteAsync(Group);
        return RedirectToPage("/Admin/Groups");
    }

    private async Task<IActionResult> ForAccountAsync(string login, Func<Account, Task<IdentityResult>> work)
    {
        if (await accounts.FindByNameAsync(login) is { } account) return await AnswerAsync(await work(account));
        TempData["Message"] = $"There is no account '{login}'.";
        return RedirectToPage(new { id = Group.Id });
    }

    private async Task<IActionResult> AnswerAsync(IdentityResult result)
    {
        if (result.Succeeded) return RedirectToPage(new { id = Group.Id });
        foreach (IdentityError error in result.Errors) ModelState.AddModelError("", error.Description);
        await OnGetAsync();
        return Page();
    }
}
