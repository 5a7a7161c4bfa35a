using System.Text;
using EzAudit.Records;
using EzAudit.Tests.Plugins;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>Input from strangers is cut to a few hundred characters in the log, and the cut is marked.</summary>
[TestClass]
public sealed class LongInputTests
{
    private const string Mark = " ...[+";
    private const int MostBytes = 1024;
    private static readonly string Long = new('x', 1 << 20);

    // As much as the server accepts.
    private static readonly string LongHeader = new('x', 6000);

    private static readonly string[] Outside = ["User login", "User id", "User", "Method", "Path", "URL", "User agent", "Session id", "Client id", "Scheme"];

    [TestMethod]
    public void EveryFieldThatStrangersChooseHasALimit()
    {
        foreach (AuditFunction function in PluginWriter.Functions)
        {
            foreach (string field in function.Fields.Intersect(Outside)) Assert.AreEqual(MostBytes, function.FieldLimits.GetValueOrDefault(field), $"{function.Name}: {field}");
        }
    }

    [TestMethod]
    [DataRow("user-failed-login")]
    [DataRow("user-failed-login-error")]
    public async Task ASignInWithALoginOfAMegabyteWritesLittle(string function)
    {
        await using IdentitySite site = await IdentitySite.Start(identity: identity =>
        {
            if (function.EndsWith("error", StringComparison.Ordinal)) identity.Services.AddSingleton<ILookupNormalizer, EchoingNormalizer>();
        });
        await site.Site.Do(context => IdentitySite.SignInManager(context).PasswordSignInAsync(Long, "wrong", false, false));

        AssertCut(site.Site, function, "User login");
        Assert.IsLessThan(4096, site.Site.AllText().Length);
    }

    [TestMethod]
    public async Task ALoginOfBasicAuthenticationIsCut()
    {
        await using SecuritySite site = await ApiSite.Start();
        await site.Get("/api/basic", ApiSite.Basic($"{LongHeader}:wrong"));
        AssertCut(site, "user-failed-login-api", "User login");
    }

    [TestMethod]
    [DataRow("access-denied-api", "/api/bearer-admin/")]
    [DataRow("user-failed-login-api", "/api/basic/")]
    public async Task APathIsCut(string function, string path)
    {
        await using SecuritySite site = await ApiSite.Start(map: application =>
        {
            foreach (string policy in new[] { "basic", "bearer admin" }) application.MapGet($"/api/{policy.Replace(' ', '-')}/{{rest}}", () => "data").RequireAuthorization(policy);
        });
        await site.Get(path + LongHeader, path.Contains("bearer", StringComparison.Ordinal) ? ApiSite.Bearer() : null);
        AssertCut(site, function, "Path");
    }

    [TestMethod]
    public async Task TheClientOfASessionIsTruncated()
    {
        await using IdentitySite site = await IdentitySite.Start();
        site.Site.Browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", LongHeader);
        await site.SignIn();
        AssertCut(site.Site, "session-start", "User agent");
    }

    [TestMethod]
    public async Task PathAddressAndClientOfARequestAreCutAndItsIdsKeepRoom()
    {
        await using WebSite site = await WebSite.StartAsync(WebSite.Settings("[RequestSettings]\nLevel=ids\n", "web-access", "web-request", "web-response"), app => app.MapPost("/{**rest}", async (HttpContext context) => (await context.Request.ReadFormAsync()).Count));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/" + LongHeader);
        request.Headers.TryAddWithoutValidation("User-Agent", LongHeader);
        request.Content = new FormUrlEncodedContent([.. Enumerable.Range(0, 50).Select(_ => KeyValuePair.Create("id", Guid.Empty.ToString())), KeyValuePair.Create("id", Long)]);
        using HttpResponseMessage response = await site.Client.SendAsync(request);

        AssertCut(site.Record("web-access"), "Path");
        AssertCut(site.Record("web-request"), "URL");
        AssertCut(site.Record("web-request"), "User agent");
        AssertCut(site.Record("web-response"), "URL");
        string ids = site.Record("web-access")["ids"]!;
        Assert.AreEqual(50, ids.Split(Guid.Empty.ToString()).Length - 1);
        StringAssert.Contains(ids, Mark, StringComparison.Ordinal);
        Assert.IsLessThanOrEqualTo(8192, Encoding.UTF8.GetByteCount(ids));
    }

    private static void AssertCut(SecuritySite site, string function, string field) => AssertCut(site.Records(function).Single(), field);

    private static void AssertCut(AuditRecord record, string field)
    {
        StringAssert.Contains(record[field]!, Mark, StringComparison.Ordinal);
        Assert.IsLessThanOrEqualTo(MostBytes, Encoding.UTF8.GetByteCount(record[field]!));
    }

    /// <summary>Fails with a message that repeats what was typed.</summary>
    private sealed class EchoingNormalizer : ILookupNormalizer
    {
        public string NormalizeName(string? name) => throw new InvalidOperationException($"No table for {name}.");

        public string NormalizeEmail(string? email) => NormalizeName(email);
    }
}
