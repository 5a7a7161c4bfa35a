using System.Net;
using System.Security.Claims;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>If a security event cannot be recorded although the settings require it, the request is refused, whatever middleware surrounds it.</summary>
[TestClass]
public sealed class UnrecordedTests
{
    private const string WithRequests = "[AuditSettings]\nAuditFileNames[web-access]=access.log\n";
    private const string WithoutNeed = "[FunctionDefaults]\nOnFailure=continue\n";

    private static readonly Dictionary<string, Func<HttpContext, Task>> Acts = new()
    {
        ["user-login"] = context => Manager(context).PasswordSignInAsync("editor", IdentitySite.Password, false, false),
        ["session-start"] = context => Manager(context).PasswordSignInAsync("editor", IdentitySite.Password, false, false),
        ["user-failed-login"] = context => Manager(context).PasswordSignInAsync("nobody", "wrong", false, false),
        ["mfa-failed"] = context => Manager(context).TwoFactorAuthenticatorSignInAsync("000000", false, false),
        ["user-delete"] = async context => await Users(context).DeleteAsync((await Users(context).FindByIdAsync("16"))!),
        ["password-reset-request"] = async context => await Users(context).GeneratePasswordResetTokenAsync((await Users(context).FindByIdAsync("16"))!),
        ["access-denied-page"] = context => context.ForbidAsync(),
    };

    public static IEnumerable<object[]> Kinds => from function in Acts.Keys from settings in new[] { "", WithRequests } select new object[] { function, settings };

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public async Task ASecurityEventWithoutItsRecordGetsA503(string function, string settings)
    {
        await using IdentitySite site = await IdentitySite.Start(furtherSettings: settings);
        PutInTheWay(site.Site, function);
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, await site.Site.Do(Acts[function]));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(WithRequests)]
    public async Task TheErrorPageOfTheApplicationDoesNotReplaceTheRefusal(string settings)
    {
        await using IdentitySite site = await IdentitySite.Start(furtherSettings: settings, map: application => application.UseExceptionHandler(
            error => error.Run(context => context.Response.WriteAsync($"sorry: {context.Features.Get<IExceptionHandlerFeature>()!.Error.Message}")))
            .UseRouting().UseEndpoints(endpoints => endpoints.MapPost("/sign-in", context => Acts["user-failed-login"](context))));
        PutInTheWay(site.Site, "user-failed-login");

        using HttpResponseMessage response = await site.Site.Browser.PostAsync("/sign-in", null);
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.AreEqual("", await response.Content.ReadAsStringAsync());
        Assert.AreEqual("10", response.Headers.GetValues("Retry-After").Single());
        if (settings.Length > 0) StringAssert.Contains(site.Site.AllText(), "Status: 503", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task AnApplicationThatCatchesTheFailureSendsNothingUnrecorded()
    {
        await using IdentitySite site = await IdentitySite.Start();
        PutInTheWay(site.Site, "user-failed-login");
        HttpStatusCode status = await site.Site.Do(async context =>
        {
            await Assert.ThrowsExactlyAsync<AuditWriteException>(() => Acts["user-failed-login"](context));
            await context.Response.WriteAsync("never mind");
        });
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, status);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(WithRequests)]
    public async Task ARefusedSignOutStillSignsOut(string settings)
    {
        await using IdentitySite site = await IdentitySite.Start(furtherSettings: settings);
        await site.SignIn();
        PutInTheWay(site.Site, "user-logout");
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, await site.Site.Do(context => Manager(context).SignOutAsync()));

        string? name = "?";
        await site.Site.Do(context =>
        {
            name = context.User.FindFirstValue(ClaimTypes.Name);
            return Task.CompletedTask;
        });
        Assert.IsNull(name);
    }

    [TestMethod]
    [DataRow("user-failed-login-api", "/api/basic")]
    [DataRow("user-failed-login-oauth", "/api/bearer")]
    public async Task RefusedCredentialsWithoutTheirRecordGetA503(string function, string path)
    {
        await using SecuritySite site = await ApiSite.Start();
        PutInTheWay(site, function);
        string authorization = path.EndsWith("basic", StringComparison.Ordinal) ? ApiSite.Basic("machine:wrong") : "Bearer a.b.c";
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, await site.Get(path, authorization));
    }

    [TestMethod]
    public async Task CredentialsCheckedWhenTheResponseStartsGetA503()
    {
        await using SecuritySite site = await ApiSite.Start(map: application => application.MapGet("/open", async context =>
        {
            await context.AuthenticateAsync("Basic");
            await context.Response.WriteAsync("content");
        }));
        PutInTheWay(site, "user-failed-login-api");
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, await site.Get("/open", ApiSite.Basic("machine:wrong")));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(WithRequests)]
    public async Task IfTheSettingsDoNotRequireTheRecordTheResponseIsTheApplications(string settings)
    {
        await using IdentitySite site = await IdentitySite.Start(furtherSettings: settings + WithoutNeed);
        PutInTheWay(site.Site, "user-failed-login");
        Assert.AreEqual(HttpStatusCode.OK, await site.Site.Do(Acts["user-failed-login"]));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(WithRequests)]
    public async Task AnErrorResponseThatWasNotFlushedIsSentCompletely(string settings)
    {
        await using SecuritySite site = await SecuritySite.Start(furtherSettings: settings, map: application => application.MapGet("/missing", context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            "no such page"u8.CopyTo(context.Response.BodyWriter.GetSpan(12));
            context.Response.BodyWriter.Advance(12);
            return Task.CompletedTask;
        }));
        using HttpResponseMessage response = await site.Browser.GetAsync("/missing");
        Assert.AreEqual("no such page", await response.Content.ReadAsStringAsync());
    }

    private static SignInManager<IdentityUser> Manager(HttpContext context) => IdentitySite.SignInManager(context);

    private static UserManager<IdentityUser> Users(HttpContext context) => context.RequestServices.GetRequiredService<UserManager<IdentityUser>>();

    private static void PutInTheWay(SecuritySite site, string function) => Directory.CreateDirectory(site.Root[$"{AuditSite.LogDirectory}/{function}.log"]);
}
