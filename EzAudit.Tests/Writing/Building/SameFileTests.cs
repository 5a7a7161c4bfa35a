using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing.Building;

/// <summary>Several paths to one log file: it is opened once, whatever the paths are.</summary>
[TestClass]
[DoNotParallelize] // Looks at the descriptors of the process, though only at those of its own files.
public sealed class SameFileTests
{
    private const string LinkedTarget = "[Target-linked]\nType=file\nDirectory=linked\n";

    [TestMethod]
    [Fault(34)]
    public void TwoFunctionsOfOneNameShareOneDescriptor()
    {
        using var site = new AuditSite(AuditSite.Enabled.Replace("order_delete.log", "login.log", StringComparison.Ordinal));

        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", 1)));
        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("n", 2)));

        Assert.AreEqual(1, Descriptors(site, "login.log"));
        Assert.HasCount(2, site.Records("login.log"));
    }

    [TestMethod]
    [Fault(34)]
    [DataRow("linked", "var/log/audit")]
    [DataRow("up", "var/log")]
    public void ADirectoryReachedThroughALinkIsTheSameDirectory(string link, string target)
    {
        using var site = new AuditSite(AuditSite.Enabled.Replace("order_delete.log", "login.log", StringComparison.Ordinal)
            + LinkedTarget.Replace("=linked", link == "up" ? "=up/audit" : "=linked", StringComparison.Ordinal) + "[Function-order-delete]\nTargets[]=linked\n");
        Directory.CreateDirectory(site.Root["var/log"]);
        if (link == "linked") Directory.CreateDirectory(site.Root[AuditSite.LogDirectory]);
        Directory.CreateSymbolicLink(site.Root[link], target);

        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", 1)));
        Assert.IsTrue(site.Writer.WriteAudit("order-delete", ("n", 2)));

        Assert.AreEqual(1, Descriptors(site, "login.log"));
        Assert.HasCount(2, site.Records("login.log"));
        Assert.HasCount(1, site.Writer.Health.Targets);
    }

    [TestMethod]
    [Fault(34)]
    public void AFallbackBehindALinkToTheTargetItselfIsRefused()
    {
        using var site = new AuditSite(AuditSite.Enabled + LinkedTarget + "[Function-user-login]\nFallback[]=linked\n");
        Directory.CreateDirectory(site.Root[AuditSite.LogDirectory]);
        Directory.CreateSymbolicLink(site.Root["linked"], AuditSite.LogDirectory);

        var refused = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);

        Assert.Contains("a fallback of \"user-login\" that is also its target, login.log", refused.Message);
    }

    [TestMethod]
    [Fault(34)]
    [DataRow("linked")]
    [DataRow("var/log/audit")]
    public void TwoTargetsThatAreOneFileAreAWarningAndWriteARecordOnce(string directory)
    {
        using var site = new AuditSite(
            AuditSite.Enabled + LinkedTarget.Replace("=linked", $"={directory}", StringComparison.Ordinal) + "[Function-user-login]\nTargets[]=file\nTargets[]=linked\n");
        Directory.CreateDirectory(site.Root[AuditSite.LogDirectory]);
        Directory.CreateSymbolicLink(site.Root["linked"], AuditSite.LogDirectory);

        Assert.IsTrue(site.Writer.WriteAudit("user-login", ("n", 1)));

        Assert.HasCount(1, site.Records("login.log"));
        AuditSettingsProblem problem = AuditInspection.Of(site.Root.Path).Problems.Single(problem => problem.Found.StartsWith("targets", StringComparison.Ordinal));
        Assert.AreEqual(($"targets of \"user-login\" that are the same file, {site.Root[AuditSite.LogDirectory]}/login.log", true), (problem.Found, problem.IsWarning));
    }

    private static int Descriptors(AuditSite site, string name) => Directory.GetFiles("/proc/self/fd")
        .Count(descriptor => new FileInfo(descriptor).LinkTarget == site.Root[$"{AuditSite.LogDirectory}/{name}"]);
}
