using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EzAudit.Tests.Hosting;

/// <summary>Hosted services are actors of their own, because nobody has signed in for them.</summary>
[TestClass]
[DoNotParallelize] // The host's writer is the one current writer of the process.
public sealed class JobTests
{
    [TestMethod]
    public async Task ABackgroundServiceIsItsOwnActor()
    {
        using var site = new AuditSite($"{AuditSite.Enabled}AuditFileNames[job-run]=job.log\nAuditFileNames[job-access]=access.log\n");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(site.Root.Path);
        builder.Services.AddHostedService<Nightly>();
        using IHost host = builder.Build();
        await host.StartAsync();
        await host.Services.GetServices<IHostedService>().OfType<Nightly>().Single().ExecuteTask!;
        await host.StopAsync();
        AuditRecord access = site.Records("access.log").Single();
        AuditRecord run = site.Records("job.log").Single();
        Assert.AreEqual(new AuditActor("nightly", "job"), access.Actor);
        Assert.AreEqual("7, 8", access["ids"]);
        Assert.AreEqual("editor", access["Actor"]);
        Assert.AreEqual(new AuditActor("nightly", "job"), run.Actor);
        Assert.AreEqual("2 orders", run["Result"]);
        StringAssert.Contains(site.Read("job.log"), "] [nightly:job]\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task TheStarterOfAJobIsNotItsActor()
    {
        using var site = new AuditSite($"{AuditSite.Enabled}AuditFileNames[job-run]=job.log\n");
        using IDisposable trail = AuditTrail.Use(site.Writer);
        using (AuditContext.Use(new AuditActor("anna", "17")))
        {
            await Task.Run(() =>
            {
                using IDisposable job = AuditContext.UseJob("import");
                ApplicationAudit.JobRun("import", "anna", "done", TimeSpan.FromSeconds(1));
            });
            AuditTrail.WriteAudit("user-login");
        }
        Assert.AreEqual(new AuditActor("import", "job"), site.Records("job.log").Single().Actor);
        Assert.AreEqual("anna", site.Records("login.log").Single().Actor.Login);
    }

    private sealed class Nightly : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using IDisposable job = AuditContext.UseJob("nightly");
            await Task.Yield();
            ApplicationAudit.JobAccess("nightly", "editor", ["7", "8"]);
            ApplicationAudit.JobRun("nightly", "schedule", "2 orders", TimeSpan.FromSeconds(3));
        }
    }
}
