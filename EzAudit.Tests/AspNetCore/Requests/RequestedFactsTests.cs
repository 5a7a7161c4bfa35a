using System.Net;
using EzAudit.AspNetCore.Requests;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Requests;

/// <summary>Records contain what was requested and what the client received, not what middleware turned it into.</summary>
[TestClass]
public sealed class RequestedFactsTests
{
    private const string Before = "";
    private const string After = "OnFailure=continue\n";
    private const string Ids = "[RequestSettings]\nLevel=ids\n";

    [TestMethod]
    [DataRow(Before, true)]
    [DataRow(Before, false)]
    [DataRow(After, true)]
    [DataRow(After, false)]
    public async Task AClientThatHasGoneIs499EvenIfTheHandlerIgnoresIt(string policy, bool writes)
    {
        var arrived = new TaskCompletionSource();
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings(policy, "web-access", "entity-view"), app => app.MapGet("/slow/{id}", async context =>
        {
            CancellationToken aborted = context.RequestAborted;
            arrived.SetResult();
            var gone = new TaskCompletionSource();
            await using (aborted.Register(gone.SetResult)) await gone.Task;
            if (writes) await context.Response.WriteAsync("answer", CancellationToken.None);
        }).WithAuditView("Order"));
        using var cancellation = new CancellationTokenSource();
        Task<HttpResponseMessage> request = site.Client.GetAsync("/slow/7", cancellation.Token);
        await arrived.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => request);
        AuditRecord record = site.Record("web-access");
        Assert.AreEqual("499 failure", $"{record["Status"]} {record["Outcome"]}");
        Assert.IsFalse(site.Has("entity-view"), "No client saw it.");
    }

    [TestMethod]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task AViewThatTimedOutIsNotRecorded(string policy)
    {
        var arrived = new TaskCompletionSource();
        await using WebSite site = await WebSite.StartAsync(
            WebSite.Settings(policy, "web-access", "entity-view"),
            app =>
            {
                app.UseRequestTimeouts();
                app.MapGet("/slow/{id}", async context =>
                {
                    arrived.SetResult();
                    var gone = new TaskCompletionSource();
                    await using (context.RequestAborted.Register(gone.SetResult)) await gone.Task;
                    await context.Response.WriteAsync("answer", CancellationToken.None);
                }).WithAuditView("Order").WithRequestTimeout(TimeSpan.FromMinutes(10));
            },
            builder => builder.Services.AddRequestTimeouts());
        using var cancellation = new CancellationTokenSource();
        Task<HttpResponseMessage> request = site.Client.GetAsync("/slow/7", cancellation.Token);
        await arrived.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => request);
        Assert.AreEqual("499", site.Record("web-access")["Status"]);
        Assert.IsFalse(site.Has("entity-view"), "No client saw it.");
    }

    [TestMethod]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task ATimeoutWithAResponseIsNotADisconnectedClient(string policy)
    {
        await using WebSite site = await WebSite.StartAsync(
            WebSite.Settings(policy, "web-access"),
            app =>
            {
                app.UseRequestTimeouts();
                app.MapGet("/slow", context => Task.Delay(Timeout.Infinite, context.RequestAborted)).WithRequestTimeout("short");
            },
            builder => builder.Services.AddRequestTimeouts(options => options.AddPolicy("short", new Microsoft.AspNetCore.Http.Timeouts.RequestTimeoutPolicy
            {
                Timeout = TimeSpan.FromMilliseconds(20), WriteTimeoutResponse = context => context.Response.WriteAsync("too slow"),
            })));
        Assert.AreEqual("too slow", await (await site.Client.GetAsync("/slow")).Content.ReadAsStringAsync());
        Assert.AreEqual("504", site.Record("web-access")["Status"]);
    }

    [TestMethod]
    [DataRow(Before, "/nowhere?id=7", "404", null)]
    [DataRow(After, "/nowhere?id=7", "404", null)]
    [DataRow(Before, "/gone/7?id=7", "410", "/gone/{number}")]
    [DataRow(After, "/gone/7?id=7", "410", "/gone/{number}")]
    public async Task AnErrorPageIsNeitherTheEndpointNorAnOpenedPage(string policy, string path, string status, string? endpoint)
    {
        await using WebSite site = await WebSite.StartAsync(
            WebSite.Settings(policy + Ids + "Ids[]=id\nIds[]=status\n", "web-access", "page-access"),
            app =>
            {
                app.UseStatusCodePagesWithReExecute("/error", "?status={0}");
                app.UseRouting();
                app.MapGet("/gone/{number}", () => Results.StatusCode(410));
                app.MapGet("/error", () => "sorry").WithMetadata(new PageActionDescriptor { ViewEnginePath = "/Error" });
            });
        Assert.AreEqual("sorry", await (await site.Client.GetAsync(path)).Content.ReadAsStringAsync());
        AuditRecord record = site.Record("web-access");
        Assert.AreEqual($"{path.Split('?')[0]} {status} {endpoint} id=7 id=7", $"{record["Path"]} {record["Status"]} {record["Endpoint"]} {record["Query"]} {record["ids"]}");
        Assert.IsFalse(site.Has("page-access"));
    }

    [TestMethod]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task AnExceptionBeforeRoutingHasNoEndpoint(string policy)
    {
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings(policy, "web-access", "page-access"), app =>
        {
            app.UseExceptionHandler("/error");
            app.Use((context, next) => context.Request.Path == "/early" ? throw new InvalidOperationException("broken") : next(context));
            app.UseRouting();
            app.MapGet("/error", () => "sorry").WithMetadata(new PageActionDescriptor { ViewEnginePath = "/Error" });
        });
        await site.Client.GetAsync("/early");
        Assert.IsNull(site.Record("web-access")["Endpoint"]);
        Assert.IsFalse(site.Has("page-access"));
    }

    [TestMethod]
    [DataRow("/hub")]
    [DataRow("/view-hub")]
    [DataRow("/raw")]
    [DataRow("/group/raw/7")]
    public async Task AConnectionTokenIsInNoFile(string path)
    {
        await using WebSite site = await WebSite.StartAsync(
            WebSite.Settings(Ids, "web-access", "web-request", "web-response", "entity-view"),
            app =>
            {
                app.MapHub<EmptyHub>("/hub");
                app.MapHub<EmptyHub>("/view-hub").WithAuditView("Hub");
                app.MapConnectionHandler<EmptyConnection>("/raw");
                app.MapGroup("/group").MapConnectionHandler<EmptyConnection>("/raw/{room}");
                app.MapGet("/orders", () => "");
            },
            builder => builder.Services.AddSignalR());
        using (HttpResponseMessage negotiated = await site.Client.PostAsync($"{path}/negotiate?negotiateVersion=1&id=planted", null)) Assert.IsTrue(negotiated.IsSuccessStatusCode);
        await site.Client.PostAsync($"{path}?id=planted&ID=planted", new StringContent("x"));
        await site.Client.GetAsync($"{path}?id=planted");
        await site.Client.DeleteAsync($"{path}?id=planted");
        using var unrouted = new HttpRequestMessage(HttpMethod.Post, "/elsewhere?id=planted");
        unrouted.Headers.Add("X-SignalR-User-Agent", "Microsoft SignalR/10.0");
        await site.Client.SendAsync(unrouted);
        await site.Client.GetAsync("/orders?id=7");
        Assert.AreEqual("id=7", site.Records("web-access", 6)[5]["ids"]);
        Assert.EndsWith("/orders?id=7", site.Records("web-request", 6)[5]["URL"]!);
        Assert.DoesNotContain("planted", site.AllLogs());
    }

    [TestMethod]
    [Fault(53)]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task BehindAKnownProxyTheArrivalHasTheClientsAddressAndScheme(string policy)
    {
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings(policy, "web-request", "web-response"), app =>
        {
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            options.KnownProxies.Add(IPAddress.Loopback);
            app.UseForwardedHeaders(options);
            app.MapGet("/orders", () => "");
        });
        foreach (string path in new[] { "/orders", "/nowhere" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add("X-Forwarded-Proto", "https");
            await site.Client.SendAsync(request);
        }
        foreach (AuditRecord record in site.Records("web-request", 2).Concat(site.Records("web-response", 2)))
        {
            Assert.AreEqual("203.0.113.9", record.Address);
            Assert.StartsWith("https://", record["URL"]!);
        }
    }

    [TestMethod]
    public async Task TheArrivalIsStoredBeforeTheEndpointActs()
    {
        string stored = "";
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings("", "web-request"), app => app.MapGet("/act", (WebSiteFiles files) => stored = files.Read()), builder =>
            builder.Services.AddSingleton(new WebSiteFiles(builder.Environment.ContentRootPath)));
        await site.Client.GetAsync("/act");
        Assert.Contains("/act", stored);
        site.Record("web-request");
    }

    [TestMethod]
    [DataRow("/shop/orders/7")]
    [DataRow("/shop/")]
    public async Task ThePatternsOfLevelsFitThePathWithItsBase(string path)
    {
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings("[RequestSettings]\nLevel=none\nLevels[/shop/**]=metadata\n", "web-access"), app =>
        {
            app.UsePathBase("/shop");
            app.UseRouting();
            app.MapGet("/orders/{id}", (string id) => id);
        });
        await site.Client.GetAsync("/orders/7");
        await site.Client.GetAsync(path);
        Assert.AreEqual(path, site.Record("web-access")["Path"]);
    }

    [TestMethod]
    public async Task EveryDurationIsATimeSpan()
    {
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings("", "web-access", "web-response", "page-access", "application-call"), app =>
            app.MapGet("/page", () => "").WithMetadata(new PageActionDescriptor { ViewEnginePath = "/Page" }).WithAuditCall("Page"));
        await site.Client.GetAsync("/page");
        foreach (string function in new[] { "web-access", "web-response", "page-access", "application-call" })
            Assert.MatchesRegex(@"^00:00:\d\d\.\d{7}$", site.Record(function)["Duration"]!, function);
    }

    [TestMethod]
    public async Task ARequestKeepsTheReadingOfTheSettingsThatItBeganWith()
    {
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings("[RequestSettings]\nLevel=metadata\n", "web-access"), app => app.MapGet("/slow/{id}", async () =>
        {
            arrived.TrySetResult();
            await goOn.Task;
        }));
        RequestSettings before = site.Writer.GetSettings<RequestSettings>()!;
        Task<HttpResponseMessage> first = site.Client.GetAsync("/slow/7");
        await arrived.Task;
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nOnUnknownFunction=throw\nAuditFileNames[web-response]=web-response.log\n[RequestSettings]\nLevel=ids\n");
        Until.True(() => site.Writer.GetSettings<RequestSettings>() != before, "the edit is noticed");
        goOn.SetResult();
        await first;
        await site.Client.GetAsync("/slow/8");
        CollectionAssert.AreEqual(new[] { null, "id=8" }, site.Records("web-access", 2).Select(record => record["ids"]).ToArray());
        Assert.EndsWith("/slow/8", site.Record("web-response")["URL"]!);
    }

    [TestMethod]
    public async Task AFunctionThatIsTurnedOffMeanwhileRefusesNoRequest()
    {
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings("", "web-access"), app => app.MapGet("/slow", async () =>
        {
            arrived.SetResult();
            await goOn.Task;
        }));
        Task<HttpResponseMessage> request = site.Client.GetAsync("/slow");
        await arrived.Task;
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nOnUnknownFunction=throw\nAuditFileNames[]\nAuditFileNames[user-login]=login.log\n");
        Until.True(() => !site.Writer.IsEnabled("web-access"), "the edit is noticed");
        goOn.SetResult();
        Assert.AreEqual(HttpStatusCode.OK, (await request).StatusCode);
    }

    private sealed class EmptyHub : Hub;

#pragma warning disable CA1812 // The host makes it.
    private sealed class EmptyConnection : ConnectionHandler
#pragma warning restore CA1812
    {
        public override Task OnConnectedAsync(ConnectionContext connection) => Task.CompletedTask;
    }

    private sealed class WebSiteFiles(string root)
    {
        public string Read() => string.Concat(Directory.EnumerateFiles(root, "web-request.log", SearchOption.AllDirectories).Select(File.ReadAllText));
    }
}
