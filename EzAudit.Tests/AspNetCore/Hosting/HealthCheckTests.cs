using System.Net;
using System.Text.Json;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Hosting;

/// <summary>The health of the audit trail as <c>/health</c> reports it.</summary>
[TestClass]
public sealed class HealthCheckTests
{
    private static readonly string Settings = WebSite.Settings("", "order-delete");

    [TestMethod]
    public async Task StoredRecordsAreHealthy()
    {
        await using WebSite site = await StartAsync(Settings);
        await site.Client.GetAsync("/delete");
        var (status, report) = await AskAsync(site);
        Assert.AreEqual(HttpStatusCode.OK, status);
        Assert.AreEqual("Healthy", report.GetProperty("status").GetString());
        Assert.AreEqual("healthy", Target(report).GetProperty("state").GetString());
    }

    [TestMethod]
    public async Task ATargetThatDoesNotStoreIsUnhealthyUntilItDoes()
    {
        await using WebSite site = await StartAsync(Settings);
        string file = site.Root[$"{AuditSite.LogDirectory}/order-delete.log"];
        Directory.CreateDirectory(file);
        await site.Client.GetAsync("/delete");
        var (status, report) = await AskAsync(site);
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, status);
        Assert.AreEqual("failing", Target(report).GetProperty("state").GetString());
        Assert.Contains(file, Target(report).GetProperty("lastError").GetString()!);
        Assert.AreEqual(1, Target(report).GetProperty("failed").GetInt64());
        Assert.StartsWith("order-delete.log: failing since ", report.GetProperty("description").GetString()!);
        Assert.DoesNotContain("value-of-the-record", report.GetRawText());

        Directory.Delete(file);
        await site.Client.GetAsync("/delete");
        Assert.AreEqual(HttpStatusCode.OK, (await AskAsync(site)).Status);
    }

    [TestMethod]
    public async Task AFallbackIsDegraded()
    {
        await using WebSite site = await StartAsync(WebSite.Settings("Fallback[]=second\n[Target-second]\nType=file\nDirectory=var/second\n", "order-delete"));
        Directory.CreateDirectory(site.Root[$"{AuditSite.LogDirectory}/order-delete.log"]);
        await site.Client.GetAsync("/delete");
        var (status, report) = await AskAsync(site);
        Assert.AreEqual(HttpStatusCode.OK, status);
        Assert.AreEqual("Degraded", report.GetProperty("status").GetString());
    }

    [TestMethod]
    public async Task AnEditThatCannotBeUsedIsDegraded()
    {
        await using WebSite site = await StartAsync(Settings);
        site.Root.Write("settings/audit.ini", "[AuditSettings]\nAudit=on\n");
        Until.True(() => site.Writer.Health.SettingsProblems.Count > 0, "the edit is noticed");
        var (_, report) = await AskAsync(site);
        Assert.AreEqual("Degraded", report.GetProperty("status").GetString());
        Assert.Contains("audit.ini:2", report.GetProperty("data").GetProperty("settings")[0].GetString()!);
    }

    [TestMethod]
    public async Task AKeyedWriterHasItsOwnHealthCheck()
    {
        using var other = new AuditSite();
        await using WebSite site = await StartAsync(Settings, builder =>
        {
            builder.Services.AddKeyedEzAudit("payments", other.Root.Path);
            builder.Services.AddHealthChecks().AddEzAudit("payments-audit", writer: "payments");
        });
        using JsonDocument reports = JsonDocument.Parse(await site.Client.GetStringAsync("/health"));
        Assert.IsTrue(reports.RootElement.GetProperty("payments-audit").GetProperty("data").TryGetProperty("login.log", out _));
    }

    private static JsonElement Target(JsonElement report) => report.GetProperty("data").GetProperty("order-delete.log");

    private static async Task<(HttpStatusCode Status, JsonElement Report)> AskAsync(WebSite site)
    {
        HttpResponseMessage response = await site.Client.GetAsync("/health");
        using JsonDocument reports = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, reports.RootElement.GetProperty("ezaudit").Clone());
    }

    private static Task<WebSite> StartAsync(string settings, Action<WebApplicationBuilder>? configure = null) => WebSite.StartAsync(
        settings,
        app =>
        {
            app.MapHealthChecks("/health", new HealthCheckOptions
            {
                ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(report.Entries.ToDictionary(
                    entry => entry.Key,
                    entry => new { Status = entry.Value.Status.ToString(), entry.Value.Description, entry.Value.Data })),
            });
            app.MapGet("/delete", () => AuditTrail.WriteAudit("order-delete", ("Order ID", "value-of-the-record")));
        },
        builder =>
        {
            builder.Services.AddHealthChecks().AddEzAudit();
            configure?.Invoke(builder);
        });
}
