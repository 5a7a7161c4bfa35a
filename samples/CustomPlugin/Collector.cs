using System.Net;
using System.Net.Sockets;

namespace CustomPlugin;

/// <summary>A receiver of records: takes each once, however often it is sent.</summary>
public sealed class Collector : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _ids = [];
    private readonly List<string> _records = [];
    private readonly Task _work;

    /// <summary>Starts listening on this machine.</summary>
    public Collector(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _work = ListenAsync();
    }

    /// <summary>The records so far, in JSON.</summary>
    public IReadOnlyList<string> Records
    {
        get
        {
            lock (_records) return [.. _records];
        }
    }

    /// <summary>Why a record is refused for good; <see langword="null"/> if it is taken.</summary>
    public Func<string, string?> Judge { get; set; } = static _ => null;

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _work.Wait();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client.GetStream());
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The application went away, or this collector is being stopped.
            }
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        using var lines = new StreamReader(stream, leaveOpen: true);
        await using var answers = new StreamWriter(stream, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
        while (await lines.ReadLineAsync(_stop.Token) is { } line)
        {
            int end = line.IndexOf(' ', StringComparison.Ordinal);
            string record = line[(end + 1)..];
            string? refusal = Judge(record);
            // A second copy of a record is acknowledged like the first.
            if (refusal is null && _ids.Add(line[..end]))
            {
                lock (_records) _records.Add(record);
            }
            await answers.WriteLineAsync(refusal is null ? "ok" : $"no {refusal}");
        }
    }
}
