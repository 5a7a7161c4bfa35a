using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EzAudit.Cli.Collecting;

/// <summary>Tells systemd how the service is, as sd_notify does. Does nothing if systemd did not start the process.</summary>
internal sealed class ServiceManager
{
    private readonly string? _socket = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");

    /// <summary>Whether systemd listens.</summary>
    public bool IsPresent => !string.IsNullOrEmpty(_socket);

    /// <summary>How often systemd wants to hear that the service is alive; <see langword="null"/> if it does not.</summary>
    public TimeSpan? Watchdog { get; } = ReadWatchdog();

    /// <summary>Whether standard error leads to the journal.</summary>
    public static bool HasJournal => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("JOURNAL_STREAM"));

    /// <summary>Sends assignments, such as <c>READY=1</c>.</summary>
    public void Notify(params string[] assignments)
    {
        if (string.IsNullOrEmpty(_socket)) return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // A name that starts with @ has no file.
            socket.Connect(new UnixDomainSocketEndPoint(_socket[0] == '@' ? $"\0{_socket[1..]}" : _socket));
            socket.Send(Encoding.UTF8.GetBytes(string.Join('\n', assignments)));
        }
        catch (SocketException)
        {
            // The service goes on; systemd restarts it if it waits for this in vain.
        }
    }

    private static TimeSpan? ReadWatchdog() =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
}
