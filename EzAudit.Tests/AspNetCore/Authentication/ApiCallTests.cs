using System.Net;
using EzAudit.Tests.AspNetCore.Security;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Authentication;

/// <summary>Credentials that are sent with each API call.</summary>
[TestClass]
public sealed class ApiCallTests
{
    [TestMethod]
    public async Task BasicAuthenticationIsOneRecordForManyCalls()
    {
        await using SecuritySite site = await ApiSite.Start();
        for (int call = 0; call < 3; call++) Assert.AreEqual(HttpStatusCode.OK, await site.Get("/api/basic", ApiSite.Basic("robot:right-secret")));

        site.AssertOnly("user-login-api-basic", ("User id", "22"), ("User login", "robot"), ("Method", "GET"), ("Path", "/api/basic"));
        site.AssertWritten("user-login-api-basic");
    }

    [TestMethod]
    public async Task AnApiKeyIsOneRecordWithItsIdForManyCalls()
    {
        await using SecuritySite site = await ApiSite.Start();
        for (int call = 0; call < 3; call++) Assert.AreEqual(HttpStatusCode.OK, await site.Get("/api/key?x=1", key: ApiKeyHandler.Key));

        site.AssertOnly("user-login-api-key", ("User id", "21"), ("User login", "partner"), ("Key id", "k1"), ("Method", "GET"), ("Path", "/api/key"));
        site.AssertWritten("user-login-api-key");
    }

    [TestMethod]
    public async Task ABearerTokenIsOneRecordForManyCalls()
    {
        await using SecuritySite site = await ApiSite.Start();
        for (int call = 0; call < 3; call++) Assert.AreEqual(HttpStatusCode.OK, await site.Get("/api/bearer", ApiSite.Bearer()));

        site.AssertOnly(
            "user-login-api-oauth",
            ("User id", "23"), ("User login", "machine"), ("Client id", "build"), ("Scope", "read write"), ("Method", "GET"), ("Path", "/api/bearer"));
        site.AssertWritten("user-login-api-oauth");
    }

    [TestMethod]
    public async Task ACallAfterTheWindowIsANewSignIn()
    {
        await using SecuritySite site = await ApiSite.Start();
        await site.Get("/api/key", key: ApiKeyHandler.Key);
        site.Clock.AdjustBy(TimeSpan.FromMinutes(15));
        await site.Get("/api/key", key: ApiKeyHandler.Key);

        Assert.HasCount(2, site.Records("user-login-api-key"));
    }

    [TestMethod]
    public async Task AWrongKeyIsRefusedAndNotWritten()
    {
        await using SecuritySite site = await ApiSite.Start();
        Assert.AreEqual(HttpStatusCode.Unauthorized, await site.Get("/api/key", key: "wrong-secret"));

        site.AssertOnly("user-failed-login-api", ("Scheme", "Partners"), ("Reason", "bad-credentials"), ("Method", "GET"), ("Path", "/api/key"));
        site.AssertWritten("user-failed-login-api");
        Assert.DoesNotContain("wrong-secret", site.AllText());
    }

    [TestMethod]
    public async Task AWrongPasswordIsRefusedWithItsLogin()
    {
        await using SecuritySite site = await ApiSite.Start();
        Assert.AreEqual(HttpStatusCode.Unauthorized, await site.Get("/api/basic", ApiSite.Basic("robot:wrong-secret")));

        site.AssertOnly(
            "user-failed-login-api", ("Scheme", "Basic"), ("User login", "robot"), ("Reason", "bad-credentials"), ("Method", "GET"), ("Path", "/api/basic"));
        Assert.DoesNotContain("wrong-secret", site.AllText());
    }

    [TestMethod]
    public async Task ACallWithoutCredentialsOrWithAnotherSchemeIsRefused()
    {
        await using SecuritySite site = await ApiSite.Start();
        await site.Get("/api/basic");
        await site.Get("/api/basic", "Digest unknown-secret");

        CollectionAssert.AreEqual(
            new[] { "no-credentials", "invalid-scheme" },
            site.Records("user-failed-login-api").Select(record => record.Fields.Single(field => field.Name == "Reason").Value).ToArray());
        Assert.DoesNotContain("unknown-secret", site.AllText());
        site.AssertWritten("user-failed-login-api");
    }

    [TestMethod]
    [DataRow("/api/second", "Bearer", "user-login-api-oauth")]
    [DataRow("/api/key", "Bearer", "user-login-api-key")]
    public async Task WhatAnotherSchemeTakesIsNoFailedSignIn(string path, string byDefault, string function)
    {
        await using SecuritySite site = await TwoIssuers(byDefault);
        for (int call = 0; call < 2; call++)
            Assert.AreEqual(HttpStatusCode.OK, await site.Get(path, ApiSite.Bearer(issuer: "second"), ApiKeyHandler.Key));
        Assert.HasCount(1, site.Records(function));
        site.AssertWritten(function);
    }

    [TestMethod]
    public async Task SchemesTriedOneAfterAnotherAreOneSignIn()
    {
        await using SecuritySite site = await TwoIssuers("Cookies");
        Assert.AreEqual(HttpStatusCode.OK, await site.Get("/own", ApiSite.Bearer(issuer: "second")));
        site.AssertWritten("user-login-api-oauth");
    }

    [TestMethod]
    public async Task CredentialsThatNoSchemeAcceptsAreOneFailedSignIn()
    {
        await using SecuritySite site = await TwoIssuers("Bearer");
        Assert.AreEqual(HttpStatusCode.Unauthorized, await site.Get("/api/second", ApiSite.Bearer(issuer: "third")));
        Assert.AreEqual(HttpStatusCode.OK, await site.Get("/open", ApiSite.Bearer(issuer: "third")));
        Assert.HasCount(2, site.Records("user-failed-login-oauth"));
        Assert.IsTrue(site.Records("user-failed-login-oauth").All(record => record.Address == "127.0.0.1"));
        site.AssertWritten("user-failed-login-oauth");
    }

    [TestMethod]
    public async Task AGoodTokenForAnotherSchemeThanTheOneRequiredIsRefused()
    {
        await using SecuritySite site = await TwoIssuers("Bearer");
        Assert.AreEqual(HttpStatusCode.Unauthorized, await site.Get("/api/second", ApiSite.Bearer()));
        site.AssertOnly("user-failed-login-oauth", ("Client id", ""), ("Reason", "issuer"), ("Method", "GET"), ("Path", "/api/second"));
        site.AssertWritten("user-failed-login-oauth");
    }

    [TestMethod]
    [DataRow("expired")]
    [DataRow("audience")]
    [DataRow("issuer")]
    [DataRow("signature")]
    [DataRow("revoked")]
    [DataRow("malformed")]
    public async Task ARefusedTokenSaysWhy(string reason)
    {
        await using SecuritySite site = await ApiSite.Start();
        string authorization = reason switch
        {
            "expired" => ApiSite.Bearer(age: TimeSpan.FromDays(1)),
            "audience" => ApiSite.Bearer(audience: "others"),
            "issuer" => ApiSite.Bearer(issuer: "others"),
            "signature" => ApiSite.Bearer(signingKey: "another key of thirty-two bytes or so"),
            "revoked" => ApiSite.Bearer(isRevoked: true),
            _ => "Bearer token-secret",
        };
        Assert.AreEqual(HttpStatusCode.Unauthorized, await site.Get("/api/bearer", authorization));

        site.AssertOnly("user-failed-login-oauth", ("Client id", ""), ("Reason", reason), ("Method", "GET"), ("Path", "/api/bearer"));
        site.AssertWritten("user-failed-login-oauth");
        Assert.DoesNotContain(authorization["Bearer ".Length..], site.AllText());
    }

    private static Task<SecuritySite> TwoIssuers(string byDefault) => ApiSite.Start(
        builder =>
        {
            builder.Services.AddAuthentication(byDefault).AddJwtBearer("Second", options =>
            {
                options.TokenValidationParameters = ApiSite.Validation("second");
                options.MapInboundClaims = false;
            });
            builder.Services.AddAuthorizationBuilder().AddPolicy("second", policy => policy.AddAuthenticationSchemes("Second").RequireAuthenticatedUser());
        },
        application =>
        {
            application.MapGet("/api/second", () => "data").RequireAuthorization("second");
            application.MapGet("/open", () => "data");
            application.MapGet("/own", async context =>
            {
                AuthenticateResult result = await context.AuthenticateAsync("Bearer");
                if (!result.Succeeded) result = await context.AuthenticateAsync("Second");
                if (!result.Succeeded) context.Response.StatusCode = 401;
            });
        });
}
