using System.Buffers.Binary;
using System.Net.Sockets;

namespace EzAudit.Syslog.Sending;

/// <summary>What Linux knows about a connection (<c>TCP_INFO</c>).</summary>
internal static class TcpInfo
{
    private const int TcpLevel = 6;
    private const int InfoOption = 11;
    private const int UserTimeoutOption = 18;
    private const int BytesAckedOffset = 120;

    /// <summary>How many bytes the other side's kernel has acknowledged, the opening and the end of the stream counted as one each; <see langword="null"/> where the system does not say it.</summary>
    public static long? BytesAcked(Socket socket)
    {
        if (!OperatingSystem.IsLinux()) return null;
        Span<byte> info = stackalloc byte[256];
        int length = socket.GetRawSocketOption(TcpLevel, InfoOption, info);
        return length >= BytesAckedOffset + sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(info[BytesAckedOffset..]) : null;
    }

    /// <summary>Lets the connection fail when what was sent is not acknowledged in time: without it a server that vanished is noticed after a quarter of an hour.</summary>
    public static void SetUserTimeout(Socket socket, TimeSpan timeout)
    {
        if (!OperatingSystem.IsLinux()) return;
        Span<byte> value = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(value, (int)timeout.TotalMilliseconds);
        socket.SetRawSocketOption(TcpLevel, UserTimeoutOption, value);
    }
}
