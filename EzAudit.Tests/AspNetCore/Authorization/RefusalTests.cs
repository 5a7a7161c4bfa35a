using System.Net;
using EzAudit.Records;
using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Authorization;

/// <summary>Denied access is recorded once per request, with separate functions for APIs and pages.</summary>
[TestClass]
public sealed class RefusalTests
{
    [TestMethod]
    public async Task ACallThatIsForbiddenIsOneRecord()
    {
        await using SecuritySite site = await ApiSite.Start();
        Assert.AreEqual(HttpStatusCode.Forbidden, await site.Get("/api/bearer-admin?token=query-secret", ApiSite.Bearer()));

        site.AssertOnly("access-denied-api", ("Method", "GET"), ("Path", "/api/bearer-admin"), ("Required policy", "bearer admin"), ("Status", "403"));
        site.AssertWritten("user-login-api-oauth", "access-denied-api");
        Assert.DoesNotContain("query-secret", site.AllText());
    }

    [TestMethod]
    public async Task APageThatIsForbiddenIsOneRecordWithWhereItsVisitorWasSent()
    {
        await using SecuritySite site = await ApiSite.Start();
        await site.Get("/sign-in");
        Assert.AreEqual(HttpStatusCode.Redirect, await site.Get("/page?token=query-secret"));

        AuditRecord record = site.AssertOnly(
            "access-denied-page", ("Path", "/page"), ("Required policy", "admin"), ("Redirected to", $"{site.Browser.BaseAddress}denied"));
        Assert.IsNotNull(record);
        Assert.IsEmpty(site.Records("access-denied-api"));
        Assert.DoesNotContain("query-secret", site.AllText());
    }

    [TestMethod]
    public async Task AnUnknownVisitorOfAPageIsAskedToSignInAndThatIsNoEvent()
    {
        await using SecuritySite site = await ApiSite.Start();
        Assert.AreEqual(HttpStatusCode.Redirect, await site.Get("/page"));
        site.AssertWritten();
    }

    [TestMethod]
    public async Task AnEndpointThatDotNetMarksAsAnApiIsOneWithCookiesToo()
    {
        await using SecuritySite site = await ApiSite.Start(map: application =>
            application.MapGet("/api/cookie", () => TypedResults.Json(1)).RequireAuthorization("admin").WithMetadata(new DisableCookieRedirect()));
        Assert.AreEqual(HttpStatusCode.Unauthorized, await site.Get("/api/cookie"));
        await site.Get("/sign-in");
        Assert.AreEqual(HttpStatusCode.Forbidden, await site.Get("/api/cookie"));

        site.AssertOnly("user-failed-login-api", ("Scheme", "Cookies"), ("Reason", "no-credentials"), ("Method", "GET"), ("Path", "/api/cookie"));
        site.AssertOnly("access-denied-api", ("Method", "GET"), ("Path", "/api/cookie"), ("Required policy", "admin"), ("Status", "403"));
    }

    [TestMethod]
    public async Task ADenialByTheApplicationItselfIsRecordedWithItsRequirement()
    {
        await using SecuritySite site = await ApiSite.Start();
        await site.Get("/sign-in");
        await site.Do(async context =>
        {
            if (!await IsAdmin(context)) await context.ForbidAsync();
        });

        site.AssertOnly(
            "access-denied-page",
            ("Path", "/do/1"),
            ("Required policy", "RolesAuthorizationRequirement:User.IsInRole must be true for one of the following roles: (admin)"),
            ("Redirected to", $"{site.Browser.BaseAddress}denied"));
    }

    [TestMethod]
    public async Task AStatusSetManuallyAfterADenialIsADenial()
    {
        await using SecuritySite site = await ApiSite.Start();
        await site.Get("/sign-in");
        await site.Do(async context =>
        {
            if (!await IsAdmin(context)) context.Response.StatusCode = StatusCodes.Status403Forbidden;
        });

        Assert.AreEqual(new AuditActor("editor", "16"), site.Records("access-denied-page").Single().Actor);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("OnFailure=continue\n")]
    public async Task ARedirectToTheSignInPageIsNoSuccess(string policy)
    {
        const string Requests = "[AuditSettings]\nAuditFileNames[web-access]=web-access.log\n[RequestSettings]\nLevel=metadata\n[Function-web-access]\n";
        await using SecuritySite site = await ApiSite.Start(furtherSettings: Requests + policy, map: application =>
            application.MapGet("/moved", () => Results.Redirect("/page")));
        await site.Get("/page");
        await site.Get("/moved");
        await site.Get("/sign-in");
        await site.Get("/page");
        CollectionAssert.AreEqual(
            new[] { "/page 302 failure", "/moved 302 success", "/sign-in 200 success", "/page 302 failure" },
            site.Records("web-access").Select(record => $"{record["Path"]} {record["Status"]} {record["Outcome"]}").ToArray());
    }

    [TestMethod]
    public async Task ATokenHolderIsDeniedAnApiCallAndNotAPage()
    {
        await using SecuritySite site = await ApiSite.Start(map: application => application.MapGet("/api/own", async context =>
        {
            if (!await IsAdmin(context)) context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }).RequireAuthorization("bearer"));
        Assert.AreEqual(HttpStatusCode.Forbidden, await site.Get("/api/own", ApiSite.Bearer()));

        site.AssertOnly(
            "access-denied-api",
            ("Method", "GET"),
            ("Path", "/api/own"),
            ("Required policy", "RolesAuthorizationRequirement:User.IsInRole must be true for one of the following roles: (admin)"),
            ("Status", "403"));
    }

    [TestMethod]
    public async Task ASiteThatAuthorizesWithoutSignInsStillWorks()
    {
        await using SecuritySite site = await SecuritySite.Start(
            builder => builder.Services.AddAuthorizationBuilder().AddPolicy("open", policy => policy.RequireAssertion(_ => true)),
            application => application.MapGet("/open", () => "open").RequireAuthorization("open"));
        Assert.AreEqual(HttpStatusCode.OK, await site.Get("/open"));
    }

    [TestMethod]
    public async Task ADenialThatOnlyHidesALinkIsNotRecorded()
    {
        await using SecuritySite site = await ApiSite.Start();
        await site.Get("/sign-in");
        await site.Do(async context => await context.Response.WriteAsync(await IsAdmin(context) ? "link" : ""));

        Assert.IsEmpty(site.Records("access-denied-page"));
        Assert.IsEmpty(site.Records("access-denied-api"));
    }

    [TestMethod]
    public async Task TheApplicationsOwnResponseToADenialIsKeptAndRecorded()
    {
        await using SecuritySite site = await ApiSite.Start(before: builder =>
            builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, NotFoundForTheForbidden>());
        Assert.AreEqual(HttpStatusCode.NotFound, await site.Get("/api/bearer-admin", ApiSite.Bearer()));

        site.AssertOnly("access-denied-api", ("Method", "GET"), ("Path", "/api/bearer-admin"), ("Required policy", "bearer admin"), ("Status", "404"));
        Assert.IsEmpty(site.Log.Messages);
    }

    [TestMethod]
    public async Task AResponseThatIsTooLateToBeRecordedIsReportedAtTheStart()
    {
        await using SecuritySite site = await ApiSite.Start(builder =>
            builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, NotFoundForTheForbidden>());
        Assert.AreEqual(HttpStatusCode.NotFound, await site.Get("/api/bearer-admin", ApiSite.Bearer()));

        Assert.AreEqual(
            "EzAudit: Microsoft.AspNetCore.Authorization.IAuthorizationMiddlewareResultHandler is "
            + $"{typeof(NotFoundForTheForbidden)} instead of EzAudit.AspNetCore.Authorization.AuditedAuthorizationResults, so denials that it answers "
            + "without Forbid or Challenge are not recorded. To record them, register it before AddAspNetCore().",
            site.Log.Messages.Single());
        site.AssertWritten("user-login-api-oauth");
    }

    private static async Task<bool> IsAdmin(HttpContext context) =>
        (await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, "admin")).Succeeded;

    private sealed class DisableCookieRedirect : Microsoft.AspNetCore.Http.Metadata.IDisableCookieRedirectMetadata;

    private sealed class NotFoundForTheForbidden : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler _otherwise = new();

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            if (!authorizeResult.Forbidden) return _otherwise.HandleAsync(next, context, policy, authorizeResult);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
    }
}
