using System.Diagnostics.Metrics;
using System.Reflection;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.Hosting;

[TestClass]
[DoNotParallelize] // The host's writer is the one current writer of the process.
public sealed class DependencyInjectionTests
{
    [TestMethod]
    public async Task TheHostsWriterIsTheCurrentOneWhileTheHostRuns()
    {
        using var site = new AuditSite();
        using (IHost host = Host(site))
        {
            await host.StartAsync();
            Assert.AreSame(host.Services.GetRequiredService<AuditWriter>(), AuditTrail.Current);
            Assert.IsTrue(AuditTrail.WriteAudit("user-login", ("User id", 14)));
            await host.StopAsync();
            Assert.IsTrue(AuditTrail.WriteAudit("user-login", ("User id", 15)), "Records of services that are still stopping are kept.");
        }
        Assert.HasCount(2, site.Records("login.log"));
    }

    [TestMethod]
    public async Task AHostDoesNotStartWithBrokenSettings()
    {
        using var site = new AuditSite("[AuditSettings]\nAudit=on\n");
        using IHost host = Host(site);
        await Assert.ThrowsExactlyAsync<AuditSettingsException>(() => host.StartAsync());
    }

    [TestMethod]
    public async Task TheHostsConfigurationOverridesTheFiles()
    {
        using var site = new AuditSite();
        using IHost host = Host(site, ("EzAudit:AuditSettings:LogDir", "elsewhere"), ("EzAudit:AuditSettings:AuditFileNames:content-copy", "copy.log"));
        await host.StartAsync();
        Assert.IsTrue(AuditTrail.WriteAudit("content-copy", ("Node ID", 1)));
        Assert.IsTrue(File.Exists(site.Root["var/elsewhere/copy.log"]));
        await host.StopAsync();
    }

    [TestMethod]
    public async Task APluginMayAskForServices()
    {
        using var site = new AuditSite();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton("from the host");
        builder.Services.AddEzAudit(site.Root.Path).AddPlugin<ServicePlugin>();
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.AreEqual("from the host", AuditTrail.Current.Functions.Single(function => function.Name == "own").Category);
        await host.StopAsync();
    }

    [TestMethod]
    public void AddingTwiceAddsOnce()
    {
        var services = new ServiceCollection();
        services.AddEzAudit();
        services.AddEzAudit();
        Assert.HasCount(1, services.Where(service => service.ServiceType == typeof(AuditWriter)));
        Assert.HasCount(1, services.Where(service => service.ServiceType == typeof(IHostedService)));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task CallsAddUp(bool isRootLast)
    {
        using var site = new AuditSite();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        if (!isRootLast) builder.Services.AddEzAudit(site.Root.Path);
        builder.Services.AddEzAudit(writer => writer.HostName = "first");
        builder.Services.AddEzAudit(writer => writer.AddPlugin(new ServicePlugin("second")));
        if (isRootLast) builder.Services.AddEzAudit(Path.Combine(site.Root.Path, "."));
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.IsTrue(AuditTrail.WriteAudit("user-login", ("User id", 14)));
        Assert.Contains("own", AuditTrail.Current.Functions.Select(function => function.Name));
        await host.StopAsync();
        Assert.AreEqual("first", site.Records("login.log").Single().Address);
    }

    [TestMethod]
    public async Task TheOptionsOfTheBuilderReachTheWriter()
    {
        using var site = new AuditSite();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.AddEzAudit(options =>
        {
            options.Root = site.Root.Path;
            options.HostName = "web-1";
            options.TimeProvider = site.Clock;
        }).AddPlugin(new ServicePlugin("from the builder"));
        builder.Services.PostConfigure<EzAuditOptions>(options => options.HostName = "web-2");
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.AreSame(site.Clock, AuditTrail.Current.TimeProvider);
        Assert.IsTrue(AuditTrail.WriteAudit("user-login", ("User id", 14)));
        await host.StopAsync();
        AuditRecord record = site.Records("login.log").Single();
        Assert.AreEqual("web-2", record.Address);
        Assert.AreEqual(site.Clock.GetUtcNow(), record.Time);
    }

    [TestMethod]
    public void EverythingThatABuilderCanSetIsAnOption()
    {
        using var logging = new LoggerFactory();
        using var meters = new OwnMeterFactory();
        var options = new EzAuditOptions
        {
            SiteAccess = "admin", HostName = "web-1", TimeProvider = new FakeTimeProvider(), LoggerFactory = logging, MeterFactory = meters, RecordsStartAndStop = false,
        };
        var before = new AuditWriterBuilder("/a");
        var after = new AuditWriterBuilder("/a");
        options.ApplyTo(after);
        foreach (PropertyInfo property in typeof(AuditWriterBuilder).GetProperties())
        {
            Assert.AreNotEqual(property.GetValue(before), property.GetValue(after), property.Name);
            Assert.AreEqual(typeof(EzAuditOptions).GetProperty(property.Name)?.GetValue(options), property.GetValue(after), property.Name);
        }
    }

    [TestMethod]
    [DataRow(true, 2)]
    [DataRow(false, 0)]
    public async Task AHostMayKeepItsStartAndStopToItself(bool recordsThem, int expected)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}AuditFileNames[audit-start]=own.log\nAuditFileNames[audit-stop]=own.log\n");
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEzAudit(site.Root.Path, options => options.RecordsStartAndStop = recordsThem);
        builder.Services.AddEzAudit(options => options.HostName = "web-1");
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            await host.StopAsync();
        }
        Assert.HasCount(expected, site.Has("own.log") ? site.Records("own.log") : []);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task TheMeterComesFromTheOptionsElseFromTheHost(bool isOption)
    {
        using var site = new AuditSite();
        using var own = new OwnMeterFactory();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IMeterFactory, OwnMeterFactory>();
        builder.Services.AddEzAudit(site.Root.Path, options => options.MeterFactory = isOption ? own : null);
        using IHost host = builder.Build();
        await host.StartAsync();
        var hosts = (OwnMeterFactory)host.Services.GetRequiredService<IMeterFactory>();
        CollectionAssert.AreEqual(isOption ? new[] { "EzAudit" } : [], own.Created);
        CollectionAssert.AreEqual(isOption ? [] : new[] { "EzAudit" }, hosts.Created.Where(name => name == "EzAudit").ToArray());
        await host.StopAsync();
    }

    [TestMethod]
    public async Task TheWriterTakesTheClockOfTheHost()
    {
        using var site = new AuditSite();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(site.Clock).AddEzAudit(site.Root.Path);
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.AreSame(site.Clock, AuditTrail.Current.TimeProvider);
        await host.StopAsync();
    }

    [TestMethod]
    public void ASecondRootIsRefused()
    {
        var services = new ServiceCollection();
        services.AddEzAudit("/a");
        services.AddEzAudit("/a/");
        var failure = Assert.ThrowsExactly<InvalidOperationException>(() => services.AddEzAudit("/b"));
        Assert.AreEqual("AddEzAudit: found root \"/b\" after \"/a\", expected one root. AddKeyedEzAudit adds a second audit trail.", failure.Message);
    }

    [TestMethod]
    public void SetupOfAWriterThatTheApplicationRegisteredIsRefused()
    {
        using var site = new AuditSite();
        var services = new ServiceCollection();
        services.AddSingleton(site.Writer);
        services.AddEzAudit();
        Assert.ThrowsExactly<InvalidOperationException>(() => services.AddEzAudit(writer => writer.HostName = "x"));
        Assert.ThrowsExactly<InvalidOperationException>(() => services.AddEzAudit("/a"));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void RequestsAreNotSilentlyCapturedByAKeyedTrail(bool isHostsFirst)
    {
        var services = new ServiceCollection();
        if (isHostsFirst) services.AddEzAudit("/a").AddAspNetCore();
        var failure = Assert.ThrowsExactly<InvalidOperationException>(() => services.AddKeyedEzAudit("payments", "/b").AddAspNetCore());
        Assert.AreEqual(
            "AddAspNetCore: the audit trail \"payments\" was added with AddKeyedEzAudit, but only the host's own records requests. Call AddEzAudit().AddAspNetCore().",
            failure.Message);
    }

    private static IHost Host(AuditSite site, params (string Key, string Value)[] configuration)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(configuration.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)));
        builder.Services.AddEzAudit(site.Root.Path);
        return builder.Build();
    }

    private sealed class OwnMeterFactory : IMeterFactory
    {
        public List<string> Created { get; } = [];

        public Meter Create(MeterOptions options)
        {
            Created.Add(options.Name);
            return new Meter(options);
        }

        public void Dispose()
        {
        }
    }

    private sealed class ServicePlugin(string category) : IAuditPlugin
    {
        public void Register(AuditRegistry registry) => registry.AddFunction(new AuditFunction { Name = "own", Category = category });
    }
}
