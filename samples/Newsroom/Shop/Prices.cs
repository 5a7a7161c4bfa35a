using System.Globalization;

namespace Newsroom.Shop;

/// <summary>The products of the shop and their prices.</summary>
internal static class Prices
{
    public static IReadOnlyDictionary<string, long> Cents { get; } = new Dictionary<string, long>
    {
        ["Print edition, one month"] = 2900,
        ["Digital edition, one month"] = 1290,
        ["Press mug"] = 990,
    };

    public static string Text(long cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100m:0.00} EUR");
}
