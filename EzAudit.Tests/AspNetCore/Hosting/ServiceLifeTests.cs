using System.Net;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EzAudit.Tests.AspNetCore.Hosting;

/// <summary>Records about the host itself: start, stop, failure, and requests in progress at shutdown.</summary>
[TestClass]
[DoNotParallelize] // The host's writer is the one current writer of the process.
public sealed class ServiceLifeTests
{
    private static readonly string Settings = WebSite.Settings("", "service-start", "service-stop", "service-error", "order-delete");

    [TestMethod]
    public async Task AStartIsRecordedWithTheAddressOfTheServer()
    {
        await using WebSite site = await WebSite.StartAsync(Settings, _ => { });
        AuditRecord record = site.Record("service-start");
        string service = site.Services.GetRequiredService<IHostEnvironment>().ApplicationName;
        Assert.AreEqual(service, record["Service"]);
        Assert.AreEqual(site.Address.GetLeftPart(UriPartial.Authority), record["Address"]);
        Assert.AreEqual(new AuditActor(service, "service"), record.Actor);
        Assert.IsGreaterThan(0, record["Version"]!.Length);
        Assert.IsFalse(site.Has("service-error"));
    }

    [TestMethod]
    public async Task AStopIsRecordedOnceWithItsReason()
    {
        await using WebSite site = await WebSite.StartAsync(Settings, _ => { });
        await Stop(site);
        await Stop(site);
        AuditRecord record = site.Record("service-stop");
        Assert.AreEqual("shutdown", record["Reason"]);
        Assert.AreEqual(site.Address.GetLeftPart(UriPartial.Authority), record["Address"]);
        Assert.IsFalse(site.Has("service-error"));
    }

    [TestMethod]
    public async Task AHostStoppedByAnExceptionHasFailed()
    {
        var gate = new TaskCompletionSource();
        await using WebSite site = await WebSite.StartAsync(Settings, _ => { }, builder => builder.Services.AddHostedService(_ => new FailingService(gate.Task)));
        gate.SetResult();
        // Like the host's Run.
        await site.Services.GetRequiredService<IHost>().WaitForShutdownAsync();
        Assert.AreEqual("System.InvalidOperationException: The disk of the newsroom is gone.", site.Record("service-error")["Reason"]);
        Assert.AreEqual("exception", site.Record("service-stop")["Reason"]);
    }

    [TestMethod]
    public async Task AHostThatDoesNotStartHasFailed()
    {
        using var site = new AuditSite(Settings);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(site.Root.Path).AddAspNetCore();
        builder.Services.AddHostedService<UnstartableService>();
        using (IHost host = builder.Build()) await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => host.StartAsync());
        Assert.AreEqual("It did not start.", site.Records("service-error.log").Single()["Reason"]);
        Assert.IsFalse(site.Has("service-start.log"));
    }

    [TestMethod]
    public async Task WithoutALineInTheSettingsNothingIsWrittenOrReported()
    {
        var loggers = new FakeLoggerFactory();
        using var site = new AuditSite(AuditSite.Enabled.Replace("OnUnknownFunction=ignore\n", "", StringComparison.Ordinal));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(site.Root.Path, writer => writer.LoggerFactory = loggers).AddAspNetCore();
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            await host.StopAsync();
        }
        Assert.IsEmpty(loggers.Messages, string.Join('\n', loggers.Messages));
    }

    [TestMethod]
    public async Task ASlowRequestIsRecordedWhileTheHostStops()
    {
        var gate = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        await using WebSite site = await WebSite.StartAsync(Settings, app => app.MapGet("/slow", async () =>
        {
            arrived.SetResult();
            await gate.Task;
            AuditTrail.WriteAudit("order-delete", ("Order ID", 7));
            return "done";
        }));
        Task<HttpResponseMessage> request = site.Client.GetAsync("/slow");
        await arrived.Task;
        Task stop = Stop(site);
        site.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.WaitHandle.WaitOne();
        gate.SetResult();
        Assert.AreEqual(HttpStatusCode.OK, (await request).StatusCode);
        await stop;
        Assert.AreEqual("7", site.Record("order-delete")["Order ID"]);
    }

    private static Task Stop(WebSite site) => site.Services.GetRequiredService<IHost>().StopAsync();

    private sealed class FailingService(Task gate) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await gate;
            throw new InvalidOperationException("The disk of the newsroom is gone.");
        }
    }

    private sealed class UnstartableService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("It cannot.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
