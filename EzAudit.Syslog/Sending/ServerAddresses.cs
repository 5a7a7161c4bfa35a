using System.Net;
using System.Net.Sockets;
using EzAudit.Syslog.Settings;

namespace EzAudit.Syslog.Sending;

/// <summary>Looks up the addresses of a server on each call, because a name may have several, and they may change.</summary>
internal static class ServerAddresses
{
    /// <exception cref="SocketException">The name has no address.</exception>
    public static IPAddress[] Of(SyslogSettings settings, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(settings.Host, out IPAddress? address)) return [address];
        IPAddress[] addresses = settings.Resolve(settings.Host, cancellation).GetAwaiter().GetResult();
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }
}
