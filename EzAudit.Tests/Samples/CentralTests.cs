using System.Globalization;
using System.Text.RegularExpressions;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Nats;
using EzAudit.Tests.PostgreSql;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Samples;

/// <summary>The sample of a central audit trail, run as its README says.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class CentralTests
{
    [TestMethod]
    public async Task WhatTwoSitesRecordIsFoundInTheStoreAsync()
    {
        PostgreSqlShell.RequirePrograms();
        Needs.Programs("nats-server", "curl");
        using var folder = new TempFolder();
        // PostgreSQL runs as another user if the tests run as root.
        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        int port = FreeRange();
        using ChildProcess sample = ChildProcess.StartProgramIn(
            Repository.Root,
            new Dictionary<string, string> { ["PORT"] = port.ToString(CultureInfo.InvariantCulture), ["EZAUDIT_BUILD"] = "no", ["CONFIGURATION"] = Repository.Configuration },
            "setsid", "bash", "samples/Central/run.sh", folder["run"]);
        string store = ReadUntilReady(sample);

        using var client = new HttpClient();
        for (int site = 0; site < 2; site++) await client.GetStringAsync(new Uri($"http://127.0.0.1:{port + site}/Me/SignIn?id={site}"));
        string found = "";
        Until.True(
            () => (found = Search(store, "--function", "web-access", "--contains", "/Me/SignIn")).Split('\n').Count(line => line.Contains("/Me/SignIn", StringComparison.Ordinal)) >= 2,
            "the store has both requests", () => found);

        Assert.AreEqual("2\n", Search(store, "--function", "service-start", "--count"));
        CollectionAssert.AreEqual(new[] { "web1/newsroom", "web2/newsroom" }, PostgreSqlShell.Query<string>(
            store.Replace("=auditor", "=owner", StringComparison.Ordinal), "SELECT DISTINCT origin FROM ezaudit.audit_run ORDER BY 1"));
        Command.Run("kill", "-INT", sample.Id.ToString(CultureInfo.InvariantCulture));
        StringAssert.EndsWith(sample.Finish().Output, $"Stopped. Everything is still in {folder["run"]}.\n");
    }

    private static string ReadUntilReady(ChildProcess sample)
    {
        string store = "";
        for (string line = ""; line != "Ready. Ctrl+C stops everything."; line = sample.ReadLine())
        {
            if (StoreLine().Match(line) is { Success: true } match) store = match.Groups[1].Value;
        }
        return store;
    }

    private static string Search(string store, params string[] arguments)
    {
        using ChildProcess tool = ChildProcess.StartProgramIn(
            Repository.Root, new Dictionary<string, string> { ["EZAUDIT_STORE_CENTRAL"] = store }, ["dotnet", Cli.ToolSite.Binary, "search", "--store", "central", .. arguments]);
        (int exitCode, string output, string errors) = tool.Finish();
        Assert.IsLessThan(2, exitCode, errors);
        return output;
    }

    // The sample documents ten consecutive ports.
    private static int FreeRange()
    {
        while (true)
        {
            int port = NatsNode.FreePort();
            if (port < 65000 && Enumerable.Range(port, 10).All(IsFree)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        try
        {
            socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port));
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex("EZAUDIT_STORE_CENTRAL=\"([^\"]+)\"")]
    private static partial Regex StoreLine();
}
