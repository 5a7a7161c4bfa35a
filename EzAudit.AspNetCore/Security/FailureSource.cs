using System.Net;
using System.Net.Sockets;

namespace EzAudit.AspNetCore.Security;

/// <summary>Whose failed sign-ins are counted together: an address; of IPv6 a network of 64 bits, of which one customer has all addresses.</summary>
/// <param name="Name">For readers: the address or the network.</param>
/// <param name="Address">For the record; <see langword="null"/> where none is known.</param>
internal sealed record FailureSource(string Name, string? Address)
{
    private const int NetworkBytes = 8;
    private const int LongestName = 64;

    /// <summary>All those for which there is no more room.</summary>
    public static FailureSource Others { get; } = new("other addresses", null);

    private static FailureSource Unknown { get; } = new("an unknown address", null);

    public static FailureSource Of(string? address)
    {
        if (string.IsNullOrEmpty(address)) return Unknown;
        if (!IPAddress.TryParse(address, out IPAddress? parsed)) return new FailureSource(address.Length > LongestName ? address[..LongestName] : address, address);
        if (parsed.IsIPv4MappedToIPv6) parsed = parsed.MapToIPv4();
        if (parsed.AddressFamily != AddressFamily.InterNetworkV6) return new FailureSource($"{parsed}", $"{parsed}");
        byte[] bytes = parsed.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        var network = new IPAddress(bytes);
        return new FailureSource($"{network}/{8 * NetworkBytes}", $"{network}");
    }
}
