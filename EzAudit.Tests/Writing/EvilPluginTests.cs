using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>Plugin targets that throw, hang or retain memory: the log file gets its records first, and other functions continue.</summary>
[TestClass]
public sealed class EvilPluginTests
{
    private const string BesideTheFile = AuditSite.Enabled + """
        [Function-user-login]
        Targets[]=evil
        Targets[]=file
        WriteTimeout=200ms
        [Target-evil]
        Type=evil

        """;

    [TestMethod]
    [Fault(69)]
    public async Task WhileATargetHangsTheFileHasTheRecordAndOthersWrite()
    {
        var plugin = new EvilPlugin();
        using var site = new AuditSite(BesideTheFile, builder => builder.AddPlugin(plugin));
        Assert.IsNotNull(site.Writer);
        Task<bool> hanging = Task.Factory.StartNew(() => site.Writer.WriteAudit("user-login", ("n", 1)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await plugin.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.HasCount(1, site.Records("login.log"));
        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("n", 2)));
        Assert.IsFalse(hanging.IsCompleted);

        plugin.Release.SetResult();
        Assert.IsTrue(await hanging.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [TestMethod]
    [Fault(69)]
    public async Task AnAsynchronousCallIsNotHeldUpLongerThanItsTimeout()
    {
        var plugin = new EvilPlugin { IsAsynchronous = true };
        using var site = new AuditSite(BesideTheFile, builder => builder.AddPlugin(plugin));

        var failure = await Assert.ThrowsExactlyAsync<AuditWriteException>(async () => await site.Writer.WriteAuditAsync("user-login", ("n", 1)));

        Assert.IsTrue(failure.MayBeStored);
        Assert.Contains("evil did not confirm it within 0.2 s", failure.Message);
        Assert.HasCount(1, site.Records("login.log"));
        plugin.Release.SetResult();
    }

    [TestMethod]
    [Fault(69)]
    [DataRow(false)]
    [DataRow(true)]
    public async Task WhatATargetThrowsIsCountedEachTimeAndKeepsNothing(bool isAsynchronous)
    {
        const int count = 2_000;
        var plugin = new EvilPlugin { IsAsynchronous = isAsynchronous, Throws = () => new SpeechlessException() };
        using var site = new AuditSite(
            BesideTheFile.Replace("Type=evil", "Type=evil\nRequired=no", StringComparison.Ordinal) + "[FunctionDefaults]\nDurability=os\n", builder => builder.AddPlugin(plugin));
        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", 0)));

        for (int i = 1; i < count; i++)
        {
            bool isWritten = isAsynchronous ? await site.Writer.WriteAuditAsync("user-login", ("n", i)) : site.Writer.WriteAudit("user-login", ("n", i));
            Assert.IsTrue(isWritten);
        }

        AuditTargetHealth evil = site.Writer.Health.Targets.Single(target => target.Target == "evil");
        Assert.AreEqual((AuditHealthState.Failing, (long)count, (long)count), (evil.State, evil.Failed, evil.Lost));
        Assert.AreEqual(AuditHealthState.Healthy, site.Writer.Health.Targets.Single(target => target.Target == "login.log").State);
        Assert.HasCount(count, site.Records("login.log"));
        GC.Collect();
        Assert.IsLessThan(10, plugin.Thrown.Count(thrown => thrown.TryGetTarget(out _)), "exceptions that are still referenced");
    }

    [TestMethod]
    [Fault(70)]
    [DataRow("/tmp/evil.dll")]
    [DataRow("../evil")]
    [DataRow("file:///tmp/evil.dll")]
    [DataRow("\\\\server\\share\\evil")]
    public void APluginIsNamedByItsAssemblyAndNeverByAPath(string name)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[PluginSettings]\nPlugins[]={name}\n");

        AuditSettingsProblem problem = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer).Problems.Single();

        Assert.AreEqual($"plugin \"{name}\"", problem.Found);
    }

    [TestMethod]
    [Fault(70)]
    public void AnUnnamedAssemblyNextToTheApplicationIsNotAPlugin()
    {
        using var site = new AuditSite(AuditSite.Enabled);

        Assert.DoesNotContain("content-move", site.Writer.Functions.Select(function => function.Name));
    }

    private sealed class SpeechlessException : Exception
    {
        public override string Message => throw new InvalidOperationException("not even a message");
    }

    private sealed class EvilPlugin : IAuditPlugin, IAuditTarget
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsAsynchronous { get; init; }

        public Func<Exception>? Throws { get; init; }

        public List<WeakReference<Exception>> Thrown { get; } = [];

        public void Register(AuditRegistry registry) => registry.AddTarget("evil", [], _ => this);

        public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
        {
            if (Throws is not null) throw Next(Throws);
            Entered.SetResult();
            Release.Task.Wait();
        }

        public ValueTask WriteAsync(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
        {
            if (Throws is not null) return ValueTask.FromException(Next(Throws));
            return new ValueTask(Release.Task);
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }

        private Exception Next(Func<Exception> make)
        {
            Exception thrown = make();
            Thrown.Add(new WeakReference<Exception>(thrown));
            return thrown;
        }
    }
}
