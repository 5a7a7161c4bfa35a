using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EzAudit.Records;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Requests;

/// <summary>Under a load in which everything fails at times, every request received has exactly one record.</summary>
[TestClass]
public sealed class RequestLoadTests
{
    private const int Clients = 16;
    private static readonly int RequestsEach = FaultForm.Choose(150, 6000);

    private readonly ConcurrentDictionary<string, bool> _received = new(StringComparer.Ordinal);

    [TestMethod]
    [DataRow("")]
    [DataRow("OnFailure=continue\n")]
    public async Task ThereIsOneRecordForEachRequestReceivedAndNoneForNone(string policy)
    {
        await using WebSite site = await WebSite.StartAsync(
            WebSite.Settings($"{policy}[RequestSettings]\nLevel=ids\n", "web-access"),
            Map,
            builder => builder.Services.AddRequestTimeouts());
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => RunAsync(site, client))));

        Until.True(() => site.Has("web-access"), "something is recorded");
        string[] received = [.. _received.Keys.Order(StringComparer.Ordinal)];
        Until.True(() => Recorded(site).Length >= received.Length, "all are recorded", () => $"{Recorded(site).Length} of {received.Length}");
        CollectionAssert.AreEqual(received, Recorded(site));
        Console.WriteLine($"{received.Length} received and recorded in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.IsGreaterThan(Clients * RequestsEach / 2, received.Length);
        HashSet<string?> statuses = [.. Records(site).Select(record => record["Status"])];
        CollectionAssert.IsSubsetOf(new[] { "200", "404", "499", "500", "504" }, statuses.ToArray(), string.Join(" ", statuses));
    }

    private void Map(WebApplication app)
    {
        // Counts requests as they arrive, ahead of everything that can fail.
        app.Use((context, next) =>
        {
            Assert.IsTrue(_received.TryAdd(context.Request.Query["id"].ToString(), true));
            return next(context);
        });
        app.UseRequestTimeouts();
        app.MapGet("/text", () => "hello");
        app.MapGet("/throws", string () => throw new InvalidOperationException("broken"));
        app.MapGet("/throws-late", async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException("broken");
        });
        app.MapGet("/waits", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        app.MapGet("/slow", context => Task.Delay(Timeout.Infinite, context.RequestAborted)).WithRequestTimeout(TimeSpan.FromMilliseconds(20));
        app.MapGet("/large", async context =>
        {
            byte[] part = new byte[64 << 10];
            for (int i = 0; i < 50; i++) await context.Response.Body.WriteAsync(part, context.RequestAborted);
        });
        app.MapGet("/kills", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
    }

    // Raw sockets: a client that disconnects in the middle of the request or of the response, or reads it to the end.
    private async Task RunAsync(WebSite site, int client)
    {
        string[] paths = ["/text", "/nowhere", "/throws", "/throws-late", "/slow", "/waits", "/large", "/kills", "/text", "/text"];
        var random = new Random(client);
        for (int i = 0; i < RequestsEach; i++)
        {
            string path = paths[random.Next(paths.Length)];
            byte[] request = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"GET {path}?id={client}-{i} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
            bool cutsRequest = random.Next(10) == 0;
            bool cutsAnswer = path == "/waits" || random.Next(4) == 0;
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(site.Address.Host, site.Address.Port);
            await socket.SendAsync(cutsRequest ? request.AsMemory(0, random.Next(request.Length - 1)) : request);
            // Only after the request has arrived: a server under load may never read the request of a client that has disconnected.
            if (path == "/waits" && !cutsRequest) await ArrivalAsync($"{client}-{i}");
            if (cutsRequest || cutsAnswer) socket.LingerState = new LingerOption(true, 0);
            else await ReadToEndAsync(socket);
        }
    }

    private async Task ArrivalAsync(string id)
    {
        var watch = Stopwatch.StartNew();
        while (!_received.ContainsKey(id) && watch.Elapsed < TimeSpan.FromSeconds(60)) await Task.Yield();
    }

    private static async Task ReadToEndAsync(Socket socket)
    {
        byte[] buffer = new byte[16 << 10];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The server closed the connection, as it should.
        }
    }

    private static string[] Recorded(WebSite site) => [.. Records(site).Select(record => record["ids"]!["id=".Length..]).Order(StringComparer.Ordinal)];

    private static AuditRecord[] Records(WebSite site) => site.RecordsNow("web-access");
}
