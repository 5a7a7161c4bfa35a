using System.Net;
using System.Security.Claims;
using EzAudit.AspNetCore.Security;
using EzAudit.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Requests;

/// <summary>Records that are written during a request say who made it and from where.</summary>
[TestClass]
public sealed class RequestContextTests
{
    private static readonly string Settings = WebSite.Settings("ExtraFields[]=session\nExtraFields[]=trace\n", "order-delete");

    [TestMethod]
    public async Task ARecordInsideARequestSaysWhoAndFromWhere()
    {
        await using WebSite site = await StartAsync(User("anna", "17"));
        await site.Client.GetAsync("/delete");
        AuditRecord record = site.Record("order-delete");
        Assert.AreEqual(new AuditActor("anna", "17"), record.Actor);
        Assert.AreEqual("127.0.0.1", record.Address);
    }

    [TestMethod]
    public async Task TheActorIsTheOneKnownAtThatTime()
    {
        await using WebSite site = await StartAsync(null, app => app.MapGet("/sign-in", (HttpContext context) =>
        {
            AuditTrail.WriteAudit("order-delete", ("Order ID", 1));
            context.User = User("anna", "17");
            AuditTrail.WriteAudit("order-delete", ("Order ID", 2));
        }));
        await site.Client.GetAsync("/sign-in");
        CollectionAssert.AreEqual(new[] { "anonymous", "anna" }, site.Records("order-delete", 2).Select(record => record.Actor.Login).ToArray());
    }

    [TestMethod]
    public async Task ASubjectWithoutANameIsItsOwnLogin()
    {
        await using WebSite site = await StartAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "service-7")], "bearer")));
        await site.Client.GetAsync("/delete");
        Assert.AreEqual(new AuditActor("service-7", "service-7"), site.Record("order-delete").Actor);
    }

    [TestMethod]
    public async Task OtherClaimsMayNameTheActor()
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim("preferred_username", "anna"), new Claim("oid", "4711"), new Claim("sub", "x")], "bearer"));
        await using WebSite site = await StartAsync(user, configure: options =>
        {
            options.LoginClaims.Add("preferred_username");
            options.IdClaims.Insert(0, "oid");
        });
        await site.Client.GetAsync("/delete");
        Assert.AreEqual(new AuditActor("anna", "4711"), site.Record("order-delete").Actor);
    }

    [TestMethod]
    [Fault(53)]
    public async Task AHeaderAloneDoesNotSayTheAddress()
    {
        await using WebSite site = await StartAsync(null);
        await GetForwarded(site);
        Assert.AreEqual("127.0.0.1", site.Record("order-delete").Address);
    }

    [TestMethod]
    public async Task TheMiddlewareForForwardedHeadersDoesEvenIfItComesLater()
    {
        await using WebSite site = await StartAsync(null, app =>
        {
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
            options.KnownProxies.Add(IPAddress.Loopback);
            app.UseForwardedHeaders(options);
        });
        await GetForwarded(site);
        Assert.AreEqual("203.0.113.9", site.Record("order-delete").Address);
    }

    [TestMethod]
    public async Task AnAddressOfIPv4IsWrittenAsSuch()
    {
        await using WebSite site = await StartAsync(null, app => app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.9").MapToIPv6();
            return next(context);
        }));
        await site.Client.GetAsync("/delete");
        Assert.AreEqual("203.0.113.9", site.Record("order-delete").Address);
    }

    [TestMethod]
    public async Task AStoredSessionIdCannotBeUsed()
    {
        await using WebSite site = await StartAsync(null, configure: options => options.SessionId = _ => "session-that-opens-doors");
        await site.Client.GetAsync("/delete");
        await site.Client.GetAsync("/delete");
        AuditRecord[] records = site.Records("order-delete", 2);
        Assert.AreEqual(32, records[0]["Session id"]!.Length);
        Assert.AreEqual(records[0]["Session id"], records[1]["Session id"]);
        Assert.DoesNotContain("session-that-opens-doors", site.AllLogs());
    }

    [TestMethod]
    public async Task ASessionIdIsWrittenVerbatimIfTheOptionsSaySo()
    {
        await using WebSite site = await StartAsync(null, configure: options =>
        {
            options.SessionId = _ => "e2oqpa0c";
            options.HashesSessionIds = false;
        });
        await site.Client.GetAsync("/delete");
        Assert.AreEqual("e2oqpa0c", site.Record("order-delete")["Session id"]);
    }

    [TestMethod]
    public async Task TheTraceIsTheOneOfTheRequest()
    {
        await using WebSite site = await StartAsync(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/trace");
        HttpResponseMessage response = await site.Client.SendAsync(request);
        Assert.AreEqual(await response.Content.ReadAsStringAsync(), site.Record("order-delete")["Trace id"]);
    }

    [TestMethod]
    public async Task WorkThatARequestLeavesBehindKeepsItsOrigin()
    {
        var gate = new TaskCompletionSource();
        Task? left = null;
        await using WebSite site = await StartAsync(User("anna", "17"), app => app.MapGet("/leave", () =>
        {
            left = Task.Run(async () =>
            {
                await gate.Task;
                AuditTrail.WriteAudit("order-delete", ("Order ID", 1));
            });
        }));
        await site.Client.GetAsync("/leave");
        // The server reuses the context of the connection.
        for (int i = 0; i < 10; i++) await site.Client.GetAsync("/nobody");
        gate.SetResult();
        await left!;
        AuditRecord record = site.Record("order-delete");
        Assert.AreEqual(new AuditActor("anna", "17"), record.Actor);
        Assert.AreEqual("127.0.0.1", record.Address);
    }

    [TestMethod]
    public async Task NothingIsKnownOutsideARequest()
    {
        await using WebSite site = await StartAsync(User("anna", "17"));
        await site.Client.GetAsync("/delete");
        Assert.IsNull(AuditContext.Current);
        using (AuditTrail.Use(site.Writer)) AuditTrail.WriteAudit("order-delete", ("Order ID", 2));
        Assert.AreEqual("anonymous", site.Records("order-delete", 2)[1].Actor.Login);
    }

    [TestMethod]
    public void UseEzAuditWithoutItsServicesSaysWhatIsMissing()
    {
        WebApplication app = WebApplication.CreateBuilder().Build();
        var failure = Assert.ThrowsExactly<InvalidOperationException>(() => app.UseEzAudit());
        Assert.AreEqual("UseEzAudit: its services are not registered. Call builder.Services.AddEzAudit().AddAspNetCore() first.", failure.Message);
    }

    private static async Task GetForwarded(WebSite site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/delete");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        await site.Client.SendAsync(request);
    }

    private static ClaimsPrincipal User(string name, string id) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.NameIdentifier, id)], "test"));

    private static Task<WebSite> StartAsync(ClaimsPrincipal? user, Action<WebApplication>? map = null, Action<AuditAspNetCoreOptions>? configure = null) => WebSite.StartAsync(
        Settings,
        app =>
        {
            app.Use((context, next) =>
            {
                if (user is not null && context.Request.Path != "/nobody") context.User = user;
                return next(context);
            });
            app.MapGet("/delete", () => AuditTrail.WriteAudit("order-delete", ("Order ID", 7)));
            app.MapGet("/nobody", () => "");
            app.MapGet("/trace", (HttpContext context) =>
            {
                AuditTrail.WriteAudit("order-delete");
                return System.Diagnostics.Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            });
            map?.Invoke(app);
        },
        builder => builder.Services.Configure(configure ?? (_ => { })));
}
