using System.Buffers.Binary;
using System.Net.Sockets;

namespace EzAudit.Syslog.Sending;

/// <summary>Reads what Linux knows about a connection (<c>TCP_INFO</c>).</summary>
internal static class TcpInfo
{
    private const int TcpLevel = 6;
    private const int InfoOption = 11;
    private const int UserTimeoutOption = 18;
    private const int BytesAckedOffset = 120;

    /// <summary>
    /// The number of bytes the other side's kernel has acknowledged, counting the start and end of the stream as one each; <see langword="null"/> if
    /// unavailable.
    /// </summary>
    public static long? BytesAcked(Socket socket)
    {
        if (!OperatingSystem.IsLinux()) return null;
        Span<byte> info = stackalloc byte[256];
        int length = socket.GetRawSocketOption(TcpLevel, InfoOption, info);
        return length >= BytesAckedOffset + sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(info[BytesAckedOffset..]) : null;
    }

    /// <summary>Makes the connection fail if sent bytes are not acknowledged in time. Without it, a vanished server goes unnoticed for a quarter of an hour.</summary>
    public static void SetUserTimeout(Socket socket, TimeSpan timeout)
    {
        if (!OperatingSystem.IsLinux()) return;
        Span<byte> value = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(value, (int)timeout.TotalMilliseconds);
        socket.SetRawSocketOption(TcpLevel, UserTimeoutOption, value);
    }
}
