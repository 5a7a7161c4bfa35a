using System.Reflection;
using EzAudit.AspNetCore.Security;
using EzAudit.Collector;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.Extensibility;
using EzAudit.Nats;
using EzAudit.Plugins;
using EzAudit.PostgreSql;
using EzAudit.Syslog;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Architecture;

/// <summary>Compares the public API with the approved text, so that changing it is a decision, not an accident.</summary>
[TestClass]
public sealed class PublicApiTests
{
    /// <summary>If this variable is <c>1</c>, the test approves the current API.</summary>
    private const string Approve = "EZAUDIT_APPROVE";

    [TestMethod]
    public void TheCoresApiIsTheApprovedOne() => Check(typeof(IAuditPlugin).Assembly);

    [TestMethod]
    public void ThePluginsApiIsTheApprovedOne() => Check(typeof(EzPublishPlugin).Assembly);

    [TestMethod]
    public void TheSyslogApiIsTheApprovedOne() => Check(typeof(SyslogPlugin).Assembly);

    [TestMethod]
    public void TheApiOfTheStoreIsTheApprovedOne() => Check(typeof(AuditStore).Assembly);

    [TestMethod]
    public void TheApiOfTheStreamIsTheApprovedOne() => Check(typeof(NatsPlugin).Assembly);

    [TestMethod]
    public void TheApiOfTheCollectorIsTheApprovedOne() => Check(typeof(AuditCollector).Assembly);

    [TestMethod]
    public void TheApiForAspNetCoreIsTheApprovedOne() => Check(typeof(AuditAspNetCoreOptions).Assembly);

    [TestMethod]
    public void TheApiForEntityFrameworkCoreIsTheApprovedOne() => Check(typeof(AuditEntityOptions).Assembly);

    [TestMethod]
    public void ADifferenceIsShownLineByLine() =>
        Assert.AreEqual("- b\n+ c", Difference("a\nb\n", "a\nc\n"));

    private static void Check(Assembly assembly)
    {
        string approvedFile = Repository.PathOf("EzAudit.Tests", "Architecture", $"PublicApi.{assembly.GetName().Name}.txt");
        string receivedFile = Path.ChangeExtension(approvedFile, ".received.txt");
        string received = PublicApi.Of(assembly);
        if (Environment.GetEnvironmentVariable(Approve) == "1") File.WriteAllText(approvedFile, received);

        string approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile) : "";
        File.Delete(receivedFile);
        if (approved == received) return;
        File.WriteAllText(receivedFile, received);
        Assert.Fail($"The public API changed. If it should: {Approve}=1 ./test.sh, and commit {Path.GetFileName(approvedFile)}.\n{Difference(approved, received)}");
    }

    private static string Difference(string approved, string received)
    {
        string[] before = approved.Split('\n');
        string[] after = received.Split('\n');
        return string.Join('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));
    }
}
