using System.Text.Json;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Shop;

namespace Newsroom.Pages.Me;

/// <summary>Shows the user's personal data.</summary>
[Authorize]
internal sealed class PersonalData(UserManager<Account> accounts, OrderBook book) : PageModel
{
    public IReadOnlyDictionary<string, string> Data { get; private set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnGetAsync()
    {
        if (await accounts.GetUserAsync(User) is not { } account) return Challenge();
        Data = await CollectAsync(account);
        DataAudit.ReadPersonal(account.Id, account.Login, "account and orders", "asked for by the person");
        return Page();
    }

    public async Task<IActionResult> OnPostDownloadAsync()
    {
        if (await accounts.GetUserAsync(User) is not { } account) return Challenge();
        IReadOnlyDictionary<string, string> data = await CollectAsync(account);
        DataAudit.Export("personal data", data.Count, "personal-data.json");
        return File(JsonSerializer.SerializeToUtf8Bytes(data), "application/json", "personal-data.json");
    }

    private async Task<IReadOnlyDictionary<string, string>> CollectAsync(Account account) => new Dictionary<string, string>
    {
        ["Login"] = account.Login,
        ["Name"] = account.FullName,
        ["Email"] = account.Email ?? "",
        ["Groups"] = string.Join(", ", await accounts.GetRolesAsync(account)),
        ["Orders"] = string.Join(", ", (await book.ListAsync(account.Id)).Select(order => order.Id)),
    };
}
