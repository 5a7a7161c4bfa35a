using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;
using Newsroom.Shop;

namespace Newsroom.Pages.Shop;

/// <summary>Changes one order, for its owner and for order managers.</summary>
[Authorize]
internal sealed class Change(OrderBook book) : PageModel
{
    public Order Order { get; private set; } = null!;

    public OrderState State => Order.State;

    public async Task<IActionResult> OnGetAsync(long id) => await FindAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostQuantityAsync(long id, [Range(1, 99)] int quantity)
    {
        if (!await FindAsync(id)) return NotFound();
        if (!ModelState.IsValid) return BadRequest();
        await book.ChangeQuantityAsync(Order, quantity);
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostStateAsync(long id, [EnumDataType(typeof(OrderState))] OrderState state)
    {
        if (!await FindAsync(id)) return NotFound();
        if (!User.May(Permissions.ManageOrders)) return Forbid();
        if (!ModelState.IsValid) return BadRequest();
        await book.ChangeStateAsync(Order, state);
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id)
    {
        if (!await FindAsync(id)) return NotFound();
        await book.DeleteAsync(Order);
        TempData["Message"] = $"Order {id} has been deleted.";
        return RedirectToPage("/Shop/Index");
    }

    private async Task<bool> FindAsync(long id)
    {
        if (await book.FindAsync(id) is not { } order || !(order.AccountId == User.AccountId() || User.May(Permissions.ManageOrders))) return false;
        Order = order;
        return true;
    }
}
