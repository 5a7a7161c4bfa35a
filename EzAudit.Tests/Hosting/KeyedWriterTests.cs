using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EzAudit.Tests.Hosting;

/// <summary>Additional writers of a host.</summary>
[TestClass]
[DoNotParallelize] // The host's writer is the one current writer of the process.
public sealed class KeyedWriterTests
{
    [TestMethod]
    public async Task EachWriterWritesBelowItsOwnRoot()
    {
        using var own = new AuditSite();
        using var other = new AuditSite();
        using IHost host = Build(own, services => services.AddKeyedEzAudit("payments", other.Root.Path));
        await host.StartAsync();
        var payments = host.Services.GetRequiredKeyedService<AuditWriter>("payments");
        AuditTrail.WriteAudit("user-login", ("User id", 1));
        payments.WriteAudit("user-login", ("User id", 2));
        using (AuditTrail.Use(payments))
        {
            await Task.Yield();
            AuditTrail.WriteAudit("user-login", ("User id", 3));
        }
        AuditTrail.WriteAudit("user-login", ("User id", 4));
        await host.StopAsync();
        CollectionAssert.AreEqual(new[] { "1", "4" }, own.Records("login.log").Select(record => record["User id"]).ToArray());
        CollectionAssert.AreEqual(new[] { "2", "3" }, other.Records("login.log").Select(record => record["User id"]).ToArray());
    }

    [TestMethod]
    public async Task ItsBrokenSettingsStopTheStart()
    {
        using var own = new AuditSite();
        using var broken = new AuditSite("[AuditSettings]\nAudit=on\n");
        using IHost host = Build(own, services => services.AddKeyedEzAudit("payments", broken.Root.Path));
        var failure = await Assert.ThrowsExactlyAsync<AuditSettingsException>(() => host.StartAsync());
        Assert.Contains("settings/audit.ini:2: found \"on\"", failure.Message);
    }

    [TestMethod]
    public async Task ItIsClosedWithTheHost()
    {
        using var own = new AuditSite();
        using var other = new AuditSite($"{AuditSite.Enabled}AuditFileNames[audit-stop]=own.log\n");
        IHost host = Build(own, services => services.AddKeyedEzAudit("payments", other.Root.Path));
        await host.StartAsync();
        var payments = host.Services.GetRequiredKeyedService<AuditWriter>("payments");
        await host.StopAsync();
        Assert.IsTrue(payments.WriteAudit("user-login"));
        host.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => payments.WriteAudit("user-login"));
        Assert.HasCount(1, other.Records("own.log"));
    }

    [TestMethod]
    public async Task APluginIsAddedToTheWriterItIsAddedTo()
    {
        using var own = new AuditSite();
        using var other = new AuditSite();
        using IHost host = Build(own, services => services.AddKeyedEzAudit("payments", other.Root.Path).AddPlugin(new OwnPlugin()));
        await host.StartAsync();
        Assert.Contains("own", host.Services.GetRequiredKeyedService<AuditWriter>("payments").Functions.Select(function => function.Name));
        Assert.DoesNotContain("own", host.Services.GetRequiredService<AuditWriter>().Functions.Select(function => function.Name));
        await host.StopAsync();
    }

    [TestMethod]
    public void ANameIsUsedOnce()
    {
        var services = new ServiceCollection();
        services.AddKeyedEzAudit("payments", "/a");
        var failure = Assert.ThrowsExactly<InvalidOperationException>(() => services.AddKeyedEzAudit("payments", "/b"));
        Assert.AreEqual("AddKeyedEzAudit: found \"payments\" a second time, expected another name.", failure.Message);
    }

    private static IHost Build(AuditSite site, Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(site.Root.Path);
        add(builder.Services);
        return builder.Build();
    }

    private sealed class OwnPlugin : IAuditPlugin
    {
        public void Register(AuditRegistry registry) => registry.AddFunction(new AuditFunction { Name = "own" });
    }
}
