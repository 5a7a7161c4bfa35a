using System.Net;
using EzAudit.AspNetCore.Sessions;
using EzAudit.Records;
using EzAudit.Tests.AspNetCore.Security;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Sessions;

/// <summary>The life of sessions, from the sign-in to the end.</summary>
[TestClass]
public sealed class SessionTests
{
    [TestMethod]
    public async Task ASessionStartsWithASignInAndEndsWithASignOut()
    {
        await using IdentitySite site = await IdentitySite.Start();
        site.Site.Browser.DefaultRequestHeaders.UserAgent.ParseAdd("Browser/1.0");
        await site.SignIn();
        string id = Field(site.Site.Records("session-start").Single(), "Session id");
        site.AssertOnly("session-start", ("Session id", id), ("User agent", "Browser/1.0"));

        site.Site.Clock.AdjustBy(TimeSpan.FromMinutes(5));
        await SignOut(site);
        site.AssertOnly("session-end", ("Session id", id), ("Reason", "logout"), ("Duration", "00:05:00"));
        Assert.HasCount(32, id);
    }

    [TestMethod]
    public async Task TheSessionThatRecordsNameIsTheOneThatStarted()
    {
        await using IdentitySite site = await IdentitySite.Start(furtherSettings: "[Function-user-logout]\nExtraFields[]=session");
        await site.SignIn();
        await SignOut(site);

        AuditRecord logout = site.AssertOnly(
            "user-logout", [.. site.EditorFields, ("Session id", Field(site.Site.Records("session-start").Single(), "Session id"))]);
        Assert.AreEqual(new AuditActor("editor", "16"), logout.Actor);
        Assert.AreEqual("127.0.0.1", logout.Address);
    }

    [TestMethod]
    public async Task EachRequestUsesItsSessionOnce()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        await site.Site.Do(_ => Task.CompletedTask);
        await site.Site.Do(_ => Task.CompletedTask);

        Assert.HasCount(2, site.Site.Records("session-use"));
        Assert.AreEqual(Field(site.Site.Records("session-start")[0], "Session id"), Field(site.Site.Records("session-use")[0], "Session id"));
    }

    [TestMethod]
    public async Task ASessionThatNobodyUsesTimesOut()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        string id = Field(site.Site.Records("session-start").Single(), "Session id");
        SessionTable sessions = site.Site.Application.Services.GetRequiredService<SessionTable>();
        site.Site.Clock.AdjustBy(TimeSpan.FromMinutes(20));
        await site.Site.Do(_ => Task.CompletedTask);
        site.Site.Clock.AdjustBy(TimeSpan.FromMinutes(29));
        await sessions.SweepAsync();
        Assert.IsEmpty(site.Site.Records("session-timeout"));

        site.Site.Clock.AdjustBy(TimeSpan.FromMinutes(1));
        await sessions.SweepAsync();
        await sessions.SweepAsync();
        AuditRecord timeout = site.AssertOnly("session-timeout", ("Session id", id), ("Idle", "00:30:00"));
        site.AssertOnly("session-end", ("Session id", id), ("Reason", "timeout"), ("Duration", "00:50:00"));
        Assert.AreEqual(new AuditActor("editor", "16"), timeout.Actor);
        Assert.AreEqual("127.0.0.1", timeout.Address);
    }

    [TestMethod]
    public async Task ARememberedCookieThatComesBackIsASignIn()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn(isPersistent: true);
        TimeOut(site);
        await site.Site.Do(_ => Task.CompletedTask);
        await site.Site.Do(_ => Task.CompletedTask);

        AuditRecord remembered = site.Site.Records("user-login-remember-me").Single();
        Assert.AreEqual("User id: 16, User login: editor, Cookie issued", string.Join(", ", remembered.Fields.Take(2)) + ", " + remembered.Fields[2].Name);
        Assert.HasCount(2, site.Site.Records("session-start"));
        Assert.HasCount(1, site.Site.Records("user-login"));
    }

    [TestMethod]
    public async Task ACookieFromAReopenedBrowserContinuesWithoutASignIn()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        TimeOut(site);
        await site.Site.Do(_ => Task.CompletedTask);

        Assert.IsEmpty(site.Site.Records("user-login-remember-me"));
        Assert.HasCount(2, site.Site.Records("session-start"));
    }

    [TestMethod]
    public async Task ARejectedCookieIsARevokedSession()
    {
        await using IdentitySite site = await IdentitySite.Start(configure: builder =>
            builder.Services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero));
        await site.SignIn();
        string id = Field(site.Site.Records("session-start").Single(), "Session id");
        site.Editor.SecurityStamp = "another";
        await site.Site.Do(_ => Task.CompletedTask);

        AuditRecord end = site.AssertOnly("session-end", ("Session id", id), ("Reason", "revoked"), ("Duration", "00:00:00"));
        Assert.AreEqual(new AuditActor("editor", "16"), end.Actor);
        Assert.IsEmpty(site.Site.Records("user-logout"));
    }

    [TestMethod]
    public async Task ARenewedCookieIsAPing()
    {
        await using IdentitySite site = await IdentitySite.Start(configure: builder => builder.Services.ConfigureApplicationCookie(
            options => options.Events.OnCheckSlidingExpiration = context =>
            {
                context.ShouldRenew = true;
                return Task.CompletedTask;
            }));
        await site.SignIn();
        await site.Site.Do(_ => Task.CompletedTask);

        AuditRecord ping = site.AssertOnly("session-ping", ("Session id", Field(site.Site.Records("session-start").Single(), "Session id")));
        Assert.AreEqual(new AuditActor("editor", "16"), ping.Actor);
        Assert.AreEqual("127.0.0.1", ping.Address);
        Assert.AreEqual(new AuditActor("editor", "16"), site.Site.Records("session-use").Single().Actor);
    }

    [TestMethod]
    public async Task AnotherSignInInTheSameBrowserReplacesTheSession()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        string id = Field(site.Site.Records("session-start").Single(), "Session id");
        await site.SignIn();

        site.AssertOnly("session-end", ("Session id", id), ("Reason", "replaced"), ("Duration", "00:00:00"));
        Assert.HasCount(2, site.Site.Records("user-login"));
    }

    [TestMethod]
    public async Task TheEndOfTheHostIsTheEndOfItsSessions()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        await site.SignIn(browser: site.Site.Client());
        await site.Site.Application.StopAsync();

        CollectionAssert.AreEqual(
            new[] { "shutdown", "shutdown" }, site.Site.Records("session-end").Select(record => Field(record, "Reason")).ToArray());
    }

    [TestMethod]
    public async Task ExcessSessionsEvictTheLeastRecentlyUsed()
    {
        await using IdentitySite site = await IdentitySite.Start(configure: builder =>
            builder.Services.Configure<AuditSessionOptions>(options => options.MaxSessions = 2));
        foreach (int _ in Enumerable.Range(0, 3))
        {
            await site.SignIn(browser: site.Site.Client());
            site.Site.Clock.AdjustBy(TimeSpan.FromSeconds(1));
        }

        AuditRecord end = site.Site.Records("session-end").Single();
        Assert.AreEqual("forgotten", Field(end, "Reason"));
        Assert.AreEqual(Field(site.Site.Records("session-start")[0], "Session id"), Field(end, "Session id"));
        Assert.AreEqual(2, site.Site.Application.Services.GetRequiredService<SessionTable>().Count);
    }

    [TestMethod]
    public async Task ASweepWhoseRecordsCannotBeWrittenIsRepeated()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        SessionTable sessions = site.Site.Application.Services.GetRequiredService<SessionTable>();
        site.Site.Clock.AdjustBy(TimeSpan.FromHours(1));
        string inTheWay = site.Site.Root[$"{AuditSite.LogDirectory}/session-timeout.log"];
        Directory.CreateDirectory(inTheWay);
        await Assert.ThrowsExactlyAsync<AuditWriteException>(sessions.SweepAsync);

        Directory.Delete(inTheWay);
        await sessions.SweepAsync();
        Assert.HasCount(1, site.Site.Records("session-timeout"));
        Assert.HasCount(1, site.Site.Records("session-end"));
    }

    private static void TimeOut(IdentitySite site)
    {
        site.Site.Clock.AdjustBy(TimeSpan.FromHours(1));
        site.Site.Application.Services.GetRequiredService<SessionTable>().SweepAsync().GetAwaiter().GetResult();
    }

    private static Task<HttpStatusCode> SignOut(IdentitySite site) => site.Site.Do(context => IdentitySite.SignInManager(context).SignOutAsync());

    private static string Field(AuditRecord record, string name) => record.Fields.Single(field => field.Name == name).Value;
}
