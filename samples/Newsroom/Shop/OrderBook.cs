using EzAudit.Plugins;
using Microsoft.EntityFrameworkCore;
using Newsroom.Data;

namespace Newsroom.Shop;

/// <summary>Places, changes and deletes orders. Changes are recorded once they are stored.</summary>
internal sealed class OrderBook(NewsroomDatabase database)
{
    /// <summary>All orders, or those of one account.</summary>
    public async Task<IReadOnlyList<Order>> ListAsync(long? accountId = null) => await database.Orders.AsNoTracking()
        .Where(order => accountId == null || order.AccountId == accountId)
        .OrderByDescending(order => order.Id)
        .ToListAsync();

    public async Task<Order?> FindAsync(long id) => await database.Orders.SingleOrDefaultAsync(order => order.Id == id);

    public async Task<Order> PlaceAsync(long accountId, string login, string product, int quantity)
    {
        var order = new Order { AccountId = accountId, Login = login, Product = product, Quantity = quantity, UnitCents = Prices.Cents[product] };
        database.Add(order);
        await database.SaveChangesAsync();
        ShopAudit.Create(order.Id, accountId, login, order.Total);
        return order;
    }

    public async Task ChangeQuantityAsync(Order order, int quantity)
    {
        if (order.Quantity == quantity) return;
        int old = order.Quantity;
        order.Quantity = quantity;
        await database.SaveChangesAsync();
        ShopAudit.Change(order.Id, "Quantity", $"{old}", $"{quantity}");
    }

    public async Task ChangeStateAsync(Order order, OrderState state)
    {
        if (order.State == state) return;
        OrderState old = order.State;
        order.State = state;
        await database.SaveChangesAsync();
        ShopAudit.Change(order.Id, "State", $"{old}", $"{state}");
    }

    public async Task DeleteAsync(Order order)
    {
        database.Remove(order);
        await database.SaveChangesAsync();
        OrderAudit.Delete(order.Id);
    }

    public async Task DeleteAllAsync()
    {
        await database.Orders.ExecuteDeleteAsync();
        OrderAudit.DeleteAll();
    }
}
