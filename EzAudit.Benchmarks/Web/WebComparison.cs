using System.Globalization;
using System.Text;
using EzAudit.Benchmarks.SideBySide;

namespace EzAudit.Benchmarks.Web;

/// <summary>The command <c>web</c>: what capturing requests costs a server that does nothing else. All servers run; one at a time is under load.</summary>
internal sealed class WebComparison(WebOptions options)
{
    private const int WarmUps = 4;

    private readonly List<WebSlice> _slices = [];

    public void Run()
    {
        DirectoryInfo directory = Directory.CreateDirectory(Path.Combine(options.Directory, $"ezaudit-web-{Environment.ProcessId}"));
        var servers = new List<WebProcess>();
        try
        {
            foreach (WebContender contender in options.Contenders)
                servers.Add(new WebProcess(contender, directory.CreateSubdirectory(contender.ToString()).FullName, options.Connections));
            for (int i = 0; i < WarmUps; i++) servers.ForEach(server => server.Run(0, options.Seconds));
            for (int round = 1; round <= options.Rounds; round++) Run(servers, round);
            Dictionary<WebContender, string> checks = servers.ToDictionary(server => server.Contender, Check);
            string text = Report(Machine.Of(directory.FullName), checks);
            Console.WriteLine(text);
            if (options.Markdown is not null) File.WriteAllText(options.Markdown, text);
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
            directory.Delete(recursive: true);
        }
    }

    // Alternately forwards and backwards, so that no contender always follows the same one.
    private void Run(List<WebProcess> servers, int round)
    {
        foreach (WebProcess server in round % 2 == 0 ? servers.AsEnumerable().Reverse() : servers)
        {
            WebSlice slice = server.Run(round, options.Seconds);
            _slices.Add(slice);
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"round {round}, {slice.Contender}: {slice.RequestsPerSecond:N0} requests/s, {slice.MicrosecondsPerRequest:N1} µs, {slice.AllocatedPerRequest:N0} B"));
        }
    }

    private static string Check(WebProcess server)
    {
        var (requests, written) = server.End();
        if (server.Contender is WebContender.Without or WebContender.Context) return "-";
        bool isOurs = server.Contender is WebContender.Os or WebContender.OsContinue or WebContender.Queue;
        if (isOurs && written != requests) throw new InvalidDataException($"{server.Contender}: found {written} records, expected {requests}.");
        return string.Create(CultureInfo.InvariantCulture, $"{written:N0} of {requests:N0}");
    }

    private string Report(Machine machine, Dictionary<WebContender, string> checks)
    {
        var text = new StringBuilder();
        text.AppendLine("| | requests/s | relative | server's CPU, µs/request | relative | added B/request | written |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (var slices in _slices.GroupBy(slice => slice.Contender).OrderBy(group => group.Key))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {slices.Key} | {Median(slices, slice => slice.RequestsPerSecond):N0} | {Ratio(slices, slice => slice.RequestsPerSecond):P1} | {Median(slices, slice => slice.MicrosecondsPerRequest):N1} | {Ratio(slices, slice => slice.MicrosecondsPerRequest):P1} | {Median(slices, slice => slice.AllocatedPerRequest - Without(slice).AllocatedPerRequest):N0} | {checks[slices.Key]} |");
        }
        return text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Medians of {options.Rounds} rounds of {options.Seconds} s, relative to without, within a round; {options.Connections} connections.").AppendLine(machine.ToString()).ToString();
    }

    private double Ratio(IEnumerable<WebSlice> slices, Func<WebSlice, double> value) => Median(slices, slice => value(slice) / value(Without(slice)));

    private WebSlice Without(WebSlice slice) => _slices.Single(other => other.Contender == WebContender.Without && other.Round == slice.Round);

    private static double Median(IEnumerable<WebSlice> slices, Func<WebSlice, double> value)
    {
        double[] sorted = [.. slices.Select(value).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
