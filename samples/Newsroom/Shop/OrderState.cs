namespace Newsroom.Shop;

/// <summary>The progress of an order.</summary>
internal enum OrderState
{
    Placed,
    Paid,
    Sent,
}
