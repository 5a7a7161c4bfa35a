using EzAudit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EzAudit.Tests.Hosting;

/// <summary>A host closes its writer last, so records that services write while they stop are kept.</summary>
[TestClass]
[DoNotParallelize] // The host's writer is the one current writer of the process.
public sealed class HostShutdownTests
{
    [TestMethod]
    [DataRow("disk")]
    [DataRow("os")]
    [DataRow("queue")]
    public async Task WhatServicesWriteWhileTheyStopIsKept(string durability)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IHostedService>(_ => new LateWriter("before"));
        builder.Services.AddEzAudit(site.Root.Path);
        builder.Services.AddSingleton<IHostedService>(_ => new LateWriter("behind"));
        using (IHost host = builder.Build())
        {
            var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
            lifetime.ApplicationStopping.Register(() => AuditTrail.WriteAudit("user-login", ("Step", "application stopping")));
            lifetime.ApplicationStopped.Register(() => AuditTrail.WriteAudit("user-login", ("Step", "application stopped")));
            await host.StartAsync();
            await host.StopAsync();
        }
        string[] expected = [.. LateWriter.Steps.SelectMany(step => new[] { $"before {step}", $"behind {step}" }), "application stopping", "application stopped"];
        CollectionAssert.AreEquivalent(expected, site.Records("login.log").Select(record => record["Step"]).ToArray());
    }

    [TestMethod]
    public async Task AServiceCreatedBeforeTheStartThatUsesTheWriterMayWriteInItsDispose()
    {
        using var site = new AuditSite();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(site.Root.Path);
        builder.Services.AddSingleton<Early>();
        using (IHost host = builder.Build())
        {
            host.Services.GetRequiredService<Early>();
            await host.StartAsync();
            await host.StopAsync();
        }
        Assert.AreEqual("early", site.Records("login.log").Single()["Step"]);
    }

    [TestMethod]
    public async Task WhenOneOfTwoHostsEndsTheOthersWriterIsCurrent()
    {
        using var firstSite = new AuditSite();
        using var secondSite = new AuditSite();
        using IHost first = Start(firstSite);
        await first.StartAsync();
        using (IHost second = Start(secondSite))
        {
            await second.StartAsync();
            Assert.AreSame(second.Services.GetRequiredService<AuditWriter>(), AuditTrail.Current);
            using (AuditTrail.Use(first.Services.GetRequiredService<AuditWriter>())) AuditTrail.WriteAudit("user-login", ("User id", 1));
            await second.StopAsync();
        }
        Assert.AreSame(first.Services.GetRequiredService<AuditWriter>(), AuditTrail.Current);
        AuditTrail.WriteAudit("user-login", ("User id", 2));
        await first.StopAsync();
        Assert.HasCount(2, firstSite.Records("login.log"));
        Assert.IsFalse(secondSite.Has("login.log"));
    }

    private static IHost Start(AuditSite site)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(site.Root.Path);
        return builder.Build();
    }

    private sealed class Early(AuditWriter writer) : IDisposable
    {
        public void Dispose() => writer.WriteAudit("user-login", ("Step", "early"));
    }
}
