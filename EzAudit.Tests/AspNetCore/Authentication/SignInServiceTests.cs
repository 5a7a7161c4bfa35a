using System.Net;
using System.Security.Claims;
using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Authentication;

/// <summary>Sign-ins without Identity and through external providers.</summary>
[TestClass]
public sealed class SignInServiceTests
{
    [TestMethod]
    public async Task ASignInWithoutIdentityIsOneRecord()
    {
        await using SecuritySite site = await ApiSite.Start();
        Assert.AreEqual(HttpStatusCode.OK, await site.Get("/sign-in"));

        site.AssertOnly("user-login", ("User id", "16"), ("User login", "editor"));
        site.AssertWritten("user-login", "session-start");
    }

    [TestMethod]
    public async Task AMissingCookieEndsNoOtherSession()
    {
        await using SecuritySite site = await ApiSite.Start(builder => builder.Services.AddAuthentication().AddCookie("Administration"));
        await site.Get("/sign-in");
        await site.Do(context => context.AuthenticateAsync("Administration"));
        await site.Do(context => context.SignInAsync("Administration", new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "1")], "own"))));

        Assert.HasCount(2, site.Records("session-start"));
        Assert.IsEmpty(site.Records("session-end"));
    }

    [TestMethod]
    public async Task ASignInThroughOAuthNamesTheProvider()
    {
        await using SecuritySite site = await OAuthSite(answersWith: HttpStatusCode.OK);
        await Return(site);

        site.AssertOnly("user-login-sso", ("User id", "31"), ("User login", "guest"), ("Provider", "Crowd"));
        site.AssertWritten("user-login-sso", "session-start");
    }

    [TestMethod]
    public async Task AFailedSignInThroughOAuthIsAnErrorThatSpeaksNoCode()
    {
        await using SecuritySite site = await OAuthSite(answersWith: HttpStatusCode.InternalServerError);
        await Return(site);

        IReadOnlyList<string> fields = [.. site.Records("user-failed-login-error").Single().Fields.Select(field => field.ToString())];
        CollectionAssert.AreEqual(new[] { "User login: ", "Exception type: AuthenticationFailureException" }, fields.Take(2).ToArray());
        Assert.StartsWith("Message: Crowd: OAuth token endpoint failure", fields[2]);
        Assert.Contains("[redacted]", fields[2]);
        site.AssertWritten("user-failed-login-error");
        Assert.DoesNotContain("code-secret", site.AllText());
        Assert.DoesNotContain("client-secret", site.AllText());
    }

    private static Task<SecuritySite> OAuthSite(HttpStatusCode answersWith) => ApiSite.Start(builder =>
        builder.Services.AddAuthentication().AddOAuth("Crowd", options =>
        {
            options.ClientId = "client";
            options.ClientSecret = "client-secret";
            options.CallbackPath = "/signin-crowd";
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.AuthorizationEndpoint = "http://provider.invalid/authorize";
            options.TokenEndpoint = "http://provider.invalid/token";
            options.BackchannelHttpHandler = new Provider(answersWith);
            options.Events.OnCreatingTicket = context =>
            {
                context.Identity!.AddClaims([new Claim(ClaimTypes.NameIdentifier, "31"), new Claim(ClaimTypes.Name, "guest")]);
                return Task.CompletedTask;
            };
        }));

    // Follows the redirect to the provider and returns with its code.
    private static async Task Return(SecuritySite site)
    {
        string? toProvider = null;
        await site.Do(async context =>
        {
            await context.ChallengeAsync("Crowd", new AuthenticationProperties { RedirectUri = "/" });
            toProvider = context.Response.Headers.Location;
        });
        string state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(toProvider!).Query)["state"]!;
        await site.Get($"/signin-crowd?code=code-secret&state={Uri.EscapeDataString(state)}");
    }

    /// <summary>Plays the provider; like some of them, it repeats in an error what it was sent.</summary>
    private sealed class Provider(HttpStatusCode status) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string sent = await request.Content!.ReadAsStringAsync(cancellationToken);
            string content = status == HttpStatusCode.OK ? """{"access_token":"token-secret","token_type":"bearer"}""" : $$"""{"error":"invalid_grant","error_description":"cannot take {{sent}}"}""";
            return new HttpResponseMessage(status) { Content = new StringContent(content) };
        }
    }
}
