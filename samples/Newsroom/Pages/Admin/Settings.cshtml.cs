using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Site;

namespace Newsroom.Pages.Admin;

/// <summary>Changes the settings of the site.</summary>
[Authorize(Permissions.ChangeSettings)]
internal sealed class Settings(SiteSettings settings) : PageModel
{
    public string SiteTitle { get; private set; } = "";

    public bool IsShopOpen { get; private set; }

    public async Task OnGetAsync() => (SiteTitle, IsShopOpen) = (await settings.TitleAsync(), await settings.IsShopOpenAsync());

    public async Task<IActionResult> OnPostTitleAsync(string title)
    {
        if (!ModelState.IsValid) return BadRequest();
        await settings.ChangeTitleAsync(title);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostShopAsync(bool open)
    {
        await settings.OpenShopAsync(open);
        return RedirectToPage();
    }

    public IActionResult OnPostClearCache()
    {
        settings.ClearCache();
        return RedirectToPage();
    }
}
