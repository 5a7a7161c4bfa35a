using System.Net;
using System.Security.Claims;
using EzAudit.AspNetCore.Requests;
using EzAudit.Records;
using EzAudit.Tests.Plugins;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Requests;

/// <summary>Request records in both modes: before the response is sent, and after it.</summary>
[TestClass]
public sealed class RequestRecordTests
{
    private const string Before = "";
    private const string After = "OnFailure=continue\n";

    [TestMethod]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task ARequestIsOneRecord(string policy)
    {
        await using WebSite site = await StartAsync(policy);
        Assert.AreEqual("order 7", await site.Client.GetStringAsync("/orders/7?token=hidden"));
        AuditRecord record = site.Record("web-access");
        CollectionAssert.AreEqual(
            new[] { "User: anna", "Method: GET", "Path: /orders/7", "Endpoint: /orders/{id}", "Status: 200" },
            record.Fields.Take(5).Select(field => field.ToString()).ToArray());
        Assert.AreEqual("success", record["Outcome"]);
        Assert.IsGreaterThan(TimeSpan.Zero, TimeSpan.Parse(record["Duration"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(new AuditActor("anna", "17"), record.Actor);
        Assert.AreEqual("127.0.0.1", record.Address);
    }

    [TestMethod]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task RequestsThatNeverReachTheApplicationAreRecordedOnce(string policy)
    {
        await using WebSite site = await StartAsync(policy);
        foreach (string path in new[] { "/nowhere", "/secured", "/forbidden", "/throws", "/bad?number=x" }) await site.Client.GetAsync(path);
        CollectionAssert.AreEqual(
            new[] { "/nowhere 404 failure", "/secured 401 failure", "/forbidden 403 failure", "/throws 500 failure", "/bad 400 failure" },
            site.Records("web-access", 5).Select(record => $"{record["Path"]} {record["Status"]} {record["Outcome"]}").ToArray());
    }

    [TestMethod]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task AClientThatGoesAwayIsRecordedOnceAs499(string policy)
    {
        await using WebSite site = await StartAsync(policy);
        using var cancellation = new CancellationTokenSource();
        Task<HttpResponseMessage> request = site.Client.GetAsync("/waits", cancellation.Token);
        await site.Services.GetRequiredService<Arrival>().Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => request);
        Assert.AreEqual("499", site.Record("web-access")["Status"]);
    }

    [TestMethod]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task AtLevelIdsTheIdsOfRouteQueryAndFormAreWritten(string policy)
    {
        await using WebSite site = await StartAsync(policy, "[RequestSettings]\nLevel=ids\nIds[]=id\nIds[]=ticket\n");
        using var form = new FormUrlEncodedContent([new("ticket", "3"), new("password", "planted-1"), new("ID", "9")]);
        await site.Client.PostAsync("/form/7?ticket=a%20b&code=planted-2", form);
        AuditRecord record = site.Record("web-access");
        Assert.AreEqual("ticket=a%20b", record["Query"]);
        Assert.AreEqual("id=7, ticket=a b, ticket=3, ID=9", record["ids"]);
        Assert.DoesNotContain("planted", site.AllLogs());
    }

    [TestMethod]
    public async Task AMultipartFormIsReadLikeAnyOther()
    {
        await using WebSite site = await StartAsync(Before, "[RequestSettings]\nLevel=ids\n");
        using var form = new MultipartFormDataContent { { new StringContent("9"), "id" }, { new StringContent("planted"), "file", "planted.txt" } };
        await site.Client.PostAsync("/form/7", form);
        Assert.AreEqual("id=7, id=9", site.Record("web-access")["ids"]);
        Assert.DoesNotContain("planted", site.AllLogs());
    }

    [TestMethod]
    public async Task AtLevelNoneNothingIsWritten()
    {
        await using WebSite site = await StartAsync(Before, "[RequestSettings]\nLevels[/orders/**]=none\n");
        await site.Client.GetAsync("/orders/7");
        await site.Client.GetAsync("/lib/site.css");
        await site.Client.GetAsync("/form/7");
        Assert.AreEqual("/form/7", site.Record("web-access")["Path"]);
    }

    [TestMethod]
    public async Task AnEditOfTheLevelsTakesEffect()
    {
        await using WebSite site = await StartAsync(Before, "[RequestSettings]\nLevel=none\n");
        await site.Client.GetAsync("/orders/7");
        RequestSettings before = site.Writer.GetSettings<RequestSettings>()!;
        site.Root.Write("settings/override/audit.ini", "[RequestSettings]\nLevel=ids\n");
        Until.True(() => site.Writer.GetSettings<RequestSettings>() != before, "the edit is noticed");
        await site.Client.GetAsync("/orders/8");
        Assert.AreEqual("id=8", site.Record("web-access")["ids"]);
    }

    [TestMethod]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task TheErrorPageOfAnExceptionKeepsTheRequestedEndpoint(string policy)
    {
        await using WebSite site = await StartAsync(policy, map: app => app.UseExceptionHandler("/error"));
        Assert.AreEqual("sorry", await (await site.Client.GetAsync("/throws")).Content.ReadAsStringAsync());
        AuditRecord record = site.Record("web-access");
        Assert.AreEqual("/throws /throws 500", $"{record["Path"]} {record["Endpoint"]} {record["Status"]}");
    }

    [TestMethod]
    [DataRow(Before)]
    [DataRow(After)]
    public async Task SecretsInQueryHeadersCookiesAndBodyAreInNoFile(string policy)
    {
        await using WebSite site = await StartAsync(policy, "[RequestSettings]\nLevel=ids\n", functions: ["web-access", "web-request", "web-response", "page-access"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/json?planted1=planted2&planted3&=planted4#planted5");
        request.Headers.Add("Cookie", "session=planted6");
        request.Headers.Add("Authorization", "Bearer planted7");
        request.Headers.Add("X-Api-Key", "planted8");
        request.Headers.Add("Referer", "http://planted9");
        request.Content = new StringContent("{\"id\":\"planted10\",\"password\":\"planted11\"}", System.Text.Encoding.UTF8, "application/json");
        await site.Client.SendAsync(request);
        site.Records("web-access", 1);
        site.Records("web-response", 1);
        Assert.DoesNotContain("planted", site.AllLogs());
    }

    [TestMethod]
    public async Task ArrivalAndAnswerMayBeRecordsOfTheirOwn()
    {
        await using WebSite site = await StartAsync(After, functions: ["web-request", "web-response"]);
        await site.Client.GetAsync("/orders/7");
        AuditRecord request = site.Record("web-request");
        Assert.AreEqual($"GET {site.Address}orders/7 HTTP/1.1", $"{request["Method"]} {request["URL"]} {request["Protocol"]}");
        AuditRecord response = site.Record("web-response");
        Assert.AreEqual($"GET {site.Address}orders/7 200", $"{response["Method"]} {response["URL"]} {response["Status"]}");
        Assert.IsFalse(site.Has("web-access"));
    }

    [TestMethod]
    [DataRow("/page", "/Orders/Index")]
    [DataRow("/view", "Orders/Show")]
    public async Task APageThatIsOpenedIsARecordOfItsOwnAndACallOfAnApiIsNone(string path, string page)
    {
        await using WebSite site = await StartAsync(Before, functions: ["page-access"], map: app =>
        {
            app.MapGet("/page", () => "").WithMetadata(new PageActionDescriptor { ViewEnginePath = "/Orders/Index" });
            app.MapGet("/view", () => "").WithMetadata(new ControllerActionDescriptor { ControllerName = "Orders", ActionName = "Show", EndpointMetadata = [] });
            app.MapGet("/api", () => "").WithMetadata(new ControllerActionDescriptor { ControllerName = "Orders", ActionName = "Get", EndpointMetadata = [new ApiControllerAttribute()] });
        });
        await site.Client.GetAsync("/api");
        await site.Client.GetAsync(path);
        AuditRecord record = site.Record("page-access");
        Assert.AreEqual($"GET {path} {page} 200", $"{record["Method"]} {record["Path"]} {record["Page"]} {record["Status"]}");
    }

    [TestMethod]
    public async Task ARequestForAHostThatIsNotAllowedIsRecordedToo()
    {
        await using WebSite site = await StartAsync(After, configure: builder => builder.Configuration["AllowedHosts"] = "example.org");
        Assert.AreEqual(HttpStatusCode.BadRequest, (await site.Client.GetAsync("/orders/7")).StatusCode);
        Assert.AreEqual("400", site.Record("web-access")["Status"]);
    }

    [TestMethod]
    [DataRow("web-access", "User, Method, Path, Query, ids, Endpoint, Status, Duration, Outcome")]
    [DataRow("web-request", "Method, URL, Protocol, User agent")]
    [DataRow("web-response", "Method, URL, Status, Duration, Bytes")]
    [DataRow("page-access", "Method, Path, Page, Duration, Status")]
    public async Task ARecordHasTheFieldsOfItsDefinitionInOrder(string function, string fields)
    {
        await using WebSite site = await StartAsync(
            After, "[RequestSettings]\nLevel=ids\n", app => app.MapGet("/sized/{id}", async context =>
            {
                context.Response.ContentLength = 5;
                await context.Response.WriteAsync("sized");
            }).WithMetadata(new PageActionDescriptor { ViewEnginePath = "/Sized" }), functions: [function]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sized/7?id=8");
        request.Headers.Add("User-Agent", "test");
        await site.Client.SendAsync(request);
        Assert.AreEqual(fields, string.Join(", ", site.Record(function).Fields.Select(field => field.Name)));
        Assert.AreEqual(fields, string.Join(", ", PluginWriter.All.Single(known => known.Name == function).Fields));
    }

    private static Task<WebSite> StartAsync(
        string policy, string behind = "", Action<WebApplication>? map = null, Action<WebApplicationBuilder>? configure = null, string[]? functions = null) => WebSite.StartAsync(
        WebSite.Settings(policy + behind, functions ?? ["web-access"]),
        app =>
        {
            app.Use((context, next) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "anna"), new Claim(ClaimTypes.NameIdentifier, "17")], "test"));
                return next(context);
            });
            map?.Invoke(app);
            app.UseRouting();
            app.MapGet("/orders/{id}", (string id) => $"order {id}");
            app.MapGet("/secured", () => Results.StatusCode(401));
            app.MapGet("/forbidden", () => Results.StatusCode(403));
            app.MapGet("/throws", string () => throw new InvalidOperationException("broken"));
            app.MapGet("/bad", (int number) => number);
            app.MapGet("/error", () => "sorry");
            app.MapPost("/form/{id}", async (HttpContext context) => (await context.Request.ReadFormAsync()).Count);
            app.MapPost("/json", (Dictionary<string, string> body) => body.Count);
            app.MapGet("/waits", async (HttpContext context, Arrival arrival) =>
            {
                arrival.SetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            });
        },
        builder =>
        {
            builder.Services.AddSingleton<Arrival>();
            configure?.Invoke(builder);
        });

    /// <summary>Completes when a request has reached its handler.</summary>
    private sealed class Arrival : TaskCompletionSource;
}
