using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Nats;
using EzAudit.Tests.PostgreSql;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit collect</c>.</summary>
[TestClass]
[DoNotParallelize]
public sealed class CollectTests
{
    [TestMethod]
    public async Task ItCollectsAnswersAndEndsWhenItIsToldAsync()
    {
        using var stream = new NatsServer();
        using var store = new StoreServer();
        using var site = new ToolSite();
        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{NatsNode.FreePort()}");
        await StreamRecords.SendAsync(stream.Options, StoreRecords.Of("run", 1, 100));
        using ChildProcess collector = site.Start(
            "collect", "--url", stream.Node.Url, "--replicas", "1", "--store", store.Writer, "--dead-letters", site.Root["letters"], "--health", address);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        Until.True(() => Ask(client) is var text && text.Contains("\"stored\": 100", StringComparison.Ordinal) && text.Contains("\"pending\": 0", StringComparison.Ordinal), "the records are stored");

        using (HttpResponseMessage answer = await client.GetAsync("/health"))
        {
            Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
            using JsonDocument json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.AreEqual("ok", json.RootElement.GetProperty("status").GetString());
            Assert.AreEqual(0, json.RootElement.GetProperty("pending").GetInt64());
            Assert.IsTrue(json.RootElement.GetProperty("store").GetProperty("reachable").GetBoolean());
            Assert.IsGreaterThanOrEqualTo(start, json.RootElement.GetProperty("lastCommit").GetDateTimeOffset());
        }
        string metrics = await client.GetStringAsync("/metrics");
        StringAssert.Contains(metrics, "# TYPE ezaudit_collector_messages_total counter\nezaudit_collector_messages_total 100\n");
        StringAssert.Contains(metrics, "ezaudit_collector_pending 0\n");
        store.Kill();
        using (HttpResponseMessage answer = await client.GetAsync("/health"))
        {
            Assert.AreEqual(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            StringAssert.Contains(await answer.Content.ReadAsStringAsync(), $"{store.Directory}/postgres: the server cannot be reached");
        }
        Command.Run("kill", "-TERM", collector.Id.ToString(CultureInfo.InvariantCulture));
        (int exitCode, _, string errors) = collector.Finish();

        Assert.AreEqual(143, exitCode, errors);
        Assert.AreEqual($"ezaudit: Collecting from {stream.Node.Url} into {store.Directory}/postgres.\n" + "ezaudit: Stopped. Messages stored: 100, in 1 batches.\n", errors);
    }

    [TestMethod]
    public void SystemdIsToldHowTheServiceIs()
    {
        using var stream = new NatsServer();
        using var store = new StoreDatabase();
        using var site = new ToolSite();
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(site.Root["notify"]));
        manager.ReceiveTimeout = 60_000;
        using ChildProcess collector = ChildProcess.StartProgramIn(
            site.Root.Path,
            new Dictionary<string, string>
            {
                ["NOTIFY_SOCKET"] = site.Root["notify"], ["WATCHDOG_USEC"] = "1000000", ["JOURNAL_STREAM"] = "8:1", ["STATE_DIRECTORY"] = site.Root["state"],
                ["EZAUDIT_STORE_CENTRAL"] = store.Writer, ["EZAUDIT_STREAM"] = stream.Node.Url,
            },
            "dotnet", ToolSite.Binary, "collect", "--replicas", "1", "--store", "central");
        var told = new List<string>();

        while (told.Count(text => text.StartsWith("WATCHDOG=1\n", StringComparison.Ordinal)) < 3) told.Add(Receive(manager));
        Command.Run("kill", "-TERM", collector.Id.ToString(CultureInfo.InvariantCulture));
        while (told[^1] != "STOPPING=1") told.Add(Receive(manager));

        Assert.Contains("READY=1", told);
        Assert.Contains("WATCHDOG=1\nSTATUS=0 stored, 0 waiting, 0 dead letters", told);
        (_, _, string errors) = collector.Finish();
        Assert.StartsWith($"<6>Collecting from {stream.Node.Url} into ", errors);
    }

    [TestMethod]
    public void WhatIsWrongIsSaid()
    {
        using var site = new ToolSite();

        site.Run("collect", "--store", "central").ExpectError("--dead-letters: is missing; name a directory");
        site.Run("collect", "--store", "central", "--dead-letters", "x").ExpectError(
            "--store: the variable EZAUDIT_STORE_CENTRAL is not set; set it to a connection string such as \"Host=db1;Database=audit;Username=collector\"");
        site.Run("collect", "--store", "Host=h;Username=u", "--dead-letters", "x", "--url", "nats://n1", "--health", "9464").ExpectError(
            "--health: \"9464\" is not an address with a port; use one such as 127.0.0.1:9464");
        site.Run("collect", "--store", "Username=u", "--dead-letters", "x", "--url", "nats://n1").ExpectError(
            "--store: not a connection string such as \"Host=db1;Database=audit;Username=collector\": The connection string names no Host. (Parameter 'connectionString')");
    }

    [TestMethod]
    public void RequeueSaysWhatIsLeft()
    {
        using var store = new StoreDatabase();
        using var site = new ToolSite();
        site.Root.Write("letters/1.jsonl", "damaged\n");

        ToolRun run = site.Run("collect", "--requeue", "--store", store.Writer, "--dead-letters", site.Root["letters"]);

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual($"{site.Root["letters"]}: 0 records stored, 1 left\n", run.Output);
        Assert.AreEqual($"ezaudit: {site.Root["letters/1.jsonl"]}: The line is damaged.\n", run.Errors);
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private static string Ask(HttpClient client)
    {
        try
        {
            return client.GetStringAsync("/health").GetAwaiter().GetResult();
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
