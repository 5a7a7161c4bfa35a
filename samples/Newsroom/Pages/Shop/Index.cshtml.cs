using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Shop;
using Newsroom.Site;

namespace Newsroom.Pages.Shop;

/// <summary>Shows the products and the user's orders.</summary>
internal sealed class Index(OrderBook book, SiteSettings settings) : PageModel
{
    public IReadOnlyList<Order> Orders { get; private set; } = [];

    public bool IsOpen { get; private set; }

    public async Task OnGetAsync()
    {
        IsOpen = await settings.IsShopOpenAsync();
        if (User.Identity!.IsAuthenticated) Orders = await book.ListAsync(User.AccountId());
    }

    public async Task<IActionResult> OnPostAsync([Required] string product, [Range(1, 99)] int quantity)
    {
        if (!User.Identity!.IsAuthenticated) return Challenge();
        if (!ModelState.IsValid || !Prices.Cents.ContainsKey(product) || !await settings.IsShopOpenAsync()) return BadRequest();
        Order order = await book.PlaceAsync(User.AccountId(), User.Login(), product, quantity);
        TempData["Message"] = $"Thank you. Your order number is {order.Id}.";
        return RedirectToPage();
    }
}
