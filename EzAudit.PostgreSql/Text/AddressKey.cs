using System.Net;
using System.Net.Sockets;

namespace EzAudit.PostgreSql.Text;

/// <summary>What two addresses have in common that a query takes for the same: the IP address, however it is spelled, or the start of any other text.</summary>
internal static class AddressKey
{
    // An index entry has at most 2704 bytes.
    private const int Longest = 64;

    public static string Of(string address)
    {
        if (ParseIp(address) is { } ip) return ip.ToString();
        return address.Length <= Longest ? address : address[..(char.IsHighSurrogate(address[Longest - 1]) ? Longest - 1 : Longest)];
    }

    /// <summary>Whether a text of a query is a network rather than an address.</summary>
    public static bool IsNetwork(string text) => text.LastIndexOf('/') is var slash and >= 0 && ParseIp(text[..slash]) is not null;

    // As AuditQuery.Addresses: .NET accepts "10" as 0.0.0.10 and [::1]:80 as ::1; no one else writes or means that. A scope does not count.
    private static IPAddress? ParseIp(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal) ? text.Contains('[', StringComparison.Ordinal) : text.Count(c => c == '.') != 3) return null;
        if (!IPAddress.TryParse(text, out IPAddress? address)) return null;
        return address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
    }
}
