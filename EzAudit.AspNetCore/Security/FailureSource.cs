using System.Net;
using System.Net.Sockets;

namespace EzAudit.AspNetCore.Security;

/// <summary>The source whose failed sign-ins are counted together: an address, or for IPv6 the /64 network, which one customer usually owns.</summary>
/// <param name="Name">The address or network, for readers.</param>
/// <param name="Address">The address for the record; <see langword="null"/> if unknown.</param>
internal sealed record FailureSource(string Name, string? Address)
{
    private const int NetworkBytes = 8;
    private const int LongestName = 64;

    /// <summary>All sources beyond the limit.</summary>
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
