using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EzAudit.Benchmarks.Web;

/// <summary>
/// Keep-alive connections, each with one request in flight: the next is sent when the response is complete. Two system calls per request,
/// so that the processors are left to the server.
/// </summary>
internal sealed class WebClient : IDisposable
{
    private const int Threads = 2;
    private const int Patience = 60_000;

    private readonly Socket[] _connections;

    public WebClient(int port, int connections)
    {
        _connections = [.. Enumerable.Range(0, connections).Select(_ => Connect(port))];
    }

    /// <summary>The number of requests answered with 200 so far.</summary>
    public long Requests { get; private set; }

    /// <summary>Sends requests for a while; returns their number and the seconds until the last response.</summary>
    public (long Requests, double Seconds) Run(double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        long requests = 0;
        Exception? failure = null;
        Thread[] threads = [.. _connections.Chunk((_connections.Length + Threads - 1) / Threads).Select(mine => new Thread(() =>
        {
            try
            {
                Interlocked.Add(ref requests, Run(mine, start, seconds));
            }
            catch (Exception caught)
            {
                failure = caught;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (failure is not null) throw new InvalidOperationException($"A request was not answered: {failure.Message}", failure);
        Requests += requests;
        return (requests, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public void Dispose()
    {
        foreach (Socket connection in _connections) connection.Dispose();
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = Patience };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    // While one response is awaited, the requests of all other connections are in flight.
    private static long Run(Socket[] connections, long start, double seconds)
    {
        byte[] buffer = new byte[4096];
        long requests = 0;
        foreach (Socket connection in connections) Send(connection);
        for (bool goesOn = true; goesOn;)
        {
            goesOn = Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;
            foreach (Socket connection in connections)
            {
                Receive(connection, buffer);
                requests++;
                if (goesOn) Send(connection);
            }
        }
        return requests;
    }

    private static void Send(Socket connection) => connection.Send("GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ezaudit-benchmark\r\n\r\n"u8);

    private static void Receive(Socket connection, byte[] buffer)
    {
        int length = 0;
        while (true)
        {
            int received = connection.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
            if (received == 0) throw new EndOfStreamException("The server closed the connection before its response was complete.");
            length += received;
            ReadOnlySpan<byte> answer = buffer.AsSpan(0, length);
            bool isChunked = answer.IndexOf("\r\nTransfer-Encoding: chunked\r\n"u8) > 0;
            if (!answer.EndsWith(isChunked ? "\r\n0\r\n\r\n"u8 : "\r\n\r\nhello"u8)) continue;
            if (!answer.StartsWith("HTTP/1.1 200 "u8)) throw new InvalidDataException($"The response is not 200: {System.Text.Encoding.ASCII.GetString(answer)}");
            return;
        }
    }
}
