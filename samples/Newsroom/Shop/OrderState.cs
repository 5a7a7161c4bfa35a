namespace Newsroom.Shop;

/// <summary>How far an order is.</summary>
internal enum OrderState
{
    Placed,
    Paid,
    Sent,
}
