using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>System calls interrupted by a signal, and other errors that say nothing about the disk.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class InterruptedCallTests
{
    private const string LogFile = AuditSite.LogDirectory + "/login.log";
    private const string LockFile = AuditSite.LogDirectory + "/.ezaudit/login.log.lock";

    [TestMethod]
    [Fault(16)]
    [DataRow("write:error=EINTR:when=1..3", LogFile)]
    [DataRow("fdatasync:error=EINTR:when=1..3", LogFile)]
    [DataRow("flock:error=EINTR:when=1..3", LockFile)]
    [DataRow("flock:error=EAGAIN:when=1..3", LockFile)]
    public void AnInterruptedCallIsMadeAgain(string fault, string path)
    {
        using var site = new AuditSite();

        CollectionAssert.AreEqual(new[] { "stored", "stored" }, Answers(site, fault, path));

        Assert.HasCount(2, site.Records("login.log"));
    }

    [TestMethod]
    [Fault(15, 16)]
    [DataRow("EAGAIN")]
    [DataRow("EDQUOT")]
    [DataRow("EFBIG")]
    public void AnyOtherErrorFailsTheRecordByItsName(string error)
    {
        using var site = new AuditSite();

        string[] answers = Answers(site, $"write:error={error}:when=1", LogFile);

        StringAssert.StartsWith(answers[0], $"failed Write {error} False ", StringComparison.Ordinal);
        Assert.AreEqual("stored", answers[1]);
        Assert.HasCount(1, site.Records("login.log"));
    }

    private static string[] Answers(AuditSite site, string fault, string path)
    {
        Needs.Programs("strace");
        string call = fault.Split(':')[0];
        string[] strace = ["strace", "-f", "-qq", "-o", site.Root["trace"], "-e", $"trace={call}", "-e", $"inject={fault}", "-P", site.Root[path], "-P", Path.GetFileName(path)];
        using CommandedProcess child = CommandedProcess.Start(site.Root.Path, strace);
        string[] answers = [child.Write("first"), child.Write("second")];
        child.Finish();
        Assert.Contains("(INJECTED)", File.ReadAllText(site.Root["trace"]), "the fault was not injected");
        return answers;
    }
}
