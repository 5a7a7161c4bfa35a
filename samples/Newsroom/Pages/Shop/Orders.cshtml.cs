using System.Globalization;
using System.Text;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Shop;

namespace Newsroom.Pages.Shop;

/// <summary>Lists, exports and deletes all orders.</summary>
[Authorize(Permissions.ManageOrders)]
internal sealed class Orders(OrderBook book) : PageModel
{
    public IReadOnlyList<Order> All { get; private set; } = [];

    public async Task OnGetAsync() => All = await book.ListAsync();

    public async Task<IActionResult> OnPostExportAsync()
    {
        IReadOnlyList<Order> orders = await book.ListAsync();
        var text = new StringBuilder("order,login,product,quantity,cents,state\n");
        foreach (Order order in orders)
            text.Append(CultureInfo.InvariantCulture, $"{order.Id},{order.Login},\"{order.Product}\",{order.Quantity},{order.UnitCents * order.Quantity},{order.State}\n");
        // Recorded before the first byte is sent: if the record cannot be written, nothing is exported.
        DataAudit.Export("orders", orders.Count, "orders.csv");
        return File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv", "orders.csv");
    }

    public async Task<IActionResult> OnPostDeleteAllAsync()
    {
        await book.DeleteAllAsync();
        TempData["Message"] = "All orders have been deleted.";
        return RedirectToPage();
    }
}
