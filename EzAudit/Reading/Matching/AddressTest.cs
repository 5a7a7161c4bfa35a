using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EzAudit.Reading.Matching;

/// <summary>Matches an address that a query gives as text, IP address or network.</summary>
internal sealed class AddressTest
{
    private const int IPv4Bytes = 4;
    private const int MappedBits = 96;

    private readonly string _text;
    private readonly byte[]? _bytes;
    private readonly int _prefixLength;

    /// <exception cref="ArgumentException">The text looks like a network but is not one.</exception>
    public AddressTest(string text)
    {
        _text = text;
        int slash = text.LastIndexOf('/');
        if (ParseIp(slash < 0 ? text : text[..slash]) is not { } address) return;
        _bytes = address.GetAddressBytes();
        _prefixLength = _bytes.Length * 8;
        if (slash < 0) return;
        // The prefix length of an IPv4 network in IPv6 notation includes the bits of the mapping.
        int before = _bytes.Length == IPv4Bytes && text.Contains(':', StringComparison.Ordinal) ? MappedBits : 0;
        if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length < before || length > before + _prefixLength)
            throw new ArgumentException($"{text} is not a network. Use one such as 10.0.0.0/8 or 2001:db8::/32.");
        _prefixLength = length - before;
    }

    public bool Matches(string address)
    {
        if (address == _text) return true;
        if (_bytes is null || ParseIp(address)?.GetAddressBytes() is not { } bytes || bytes.Length != _bytes.Length) return false;
        int whole = _prefixLength / 8;
        int rest = _prefixLength % 8;
        return bytes.AsSpan(0, whole).SequenceEqual(_bytes.AsSpan(0, whole))
            && (rest == 0 || (bytes[whole] ^ _bytes[whole]) >> (8 - rest) == 0);
    }

    // .NET accepts "10" as 0.0.0.10 and [::1]:80 as ::1; no one else writes or means that.
    private static IPAddress? ParseIp(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal) ? text.Contains('[', StringComparison.Ordinal) : text.Count(c => c == '.') != 3) return null;
        if (!IPAddress.TryParse(text, out IPAddress? address)) return null;
        return address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
    }
}
