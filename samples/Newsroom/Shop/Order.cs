namespace Newsroom.Shop;

/// <summary>An order in the shop.</summary>
internal sealed class Order
{
    public long Id { get; set; }

    public long AccountId { get; set; }

    public string Login { get; set; } = "";

    public string Product { get; set; } = "";

    public int Quantity { get; set; }

    public long UnitCents { get; set; }

    public OrderState State { get; set; }

    public string Total => Prices.Text(UnitCents * Quantity);
}
