using System.Diagnostics;
using System.Globalization;

namespace EzAudit.Benchmarks.Web;

/// <summary>A contender's server in its own process, and the client that puts it under load.</summary>
internal sealed class WebProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _directory;
    private readonly WebClient _client;

    public WebProcess(WebContender contender, string directory, int connections)
    {
        Contender = contender;
        _directory = directory;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(WebProcess).Assembly.Location);
        foreach (string argument in new[] { "web-server", contender.ToString(), directory }) start.ArgumentList.Add(argument);
        // The default of web projects.
        start.Environment["DOTNET_gcServer"] = "1";
        _process = Process.Start(start)!;
        _client = new WebClient(int.Parse(ReadLine(), CultureInfo.InvariantCulture), connections);
    }

    public WebContender Contender { get; }

    public WebSlice Run(int round, double seconds)
    {
        var (allocatedBefore, processorBefore) = Ask();
        var (requests, time) = RunClient(seconds);
        var (allocated, processor) = Ask();
        return new WebSlice(Contender, round, requests, time, allocated - allocatedBefore, processor - processorBefore);
    }

    /// <summary>Stops the server; returns the number of requests sent and the number in its log.</summary>
    public (long Requests, long Written) End()
    {
        _client.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        return (_client.Requests, WrittenRequests.Count(Contender, _directory));
    }

    public void Dispose()
    {
        _client.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private (long Requests, double Seconds) RunClient(double seconds)
    {
        try
        {
            return _client.Run(seconds);
        }
        catch (InvalidOperationException failure)
        {
            throw new InvalidOperationException($"{Contender}: {failure.Message}", failure);
        }
    }

    private (long Allocated, double Processor) Ask()
    {
        _process.StandardInput.WriteLine();
        string[] figures = ReadLine().Split(' ');
        return (long.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture));
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Contender}: the server ended.");
}
