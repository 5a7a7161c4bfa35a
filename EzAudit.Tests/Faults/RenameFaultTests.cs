using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Renames that fail: on file systems and kernels that cannot rename without overwriting, and in the middle of a rotation.</summary>
[TestClass]
[DoNotParallelize]
public sealed class RenameFaultTests
{
    [TestMethod]
    [DataRow("EINVAL", "dated")]
    [DataRow("ENOSYS", "numbered")]
    public void AFileIsStillRotated(string error, string naming)
    {
        Needs.Programs("strace");
        using var site = new AuditSite($"{AuditSite.Enabled}[RotationSettings]\nMaxFileSize=1\nNaming={naming}\n");
        string[] strace = ["strace", "-f", "-qq", "-o", site.Root["trace"], "-e", "trace=renameat2", "-e", $"inject=renameat2:error={error}"];

        using (CommandedProcess child = CommandedProcess.Start(site.Root.Path, strace))
        {
            foreach (string id in new[] { "a", "b", "c" }) Assert.AreEqual("stored", child.Write(id));
            Assert.AreEqual("", child.Finish().Errors);
        }

        string[] files = Directory.GetFiles(site.Root[AuditSite.LogDirectory]);
        Assert.HasCount(3, files);
        Survey survey = Survey.Of("login.log", site.Root[AuditSite.LogDirectory]);
        foreach (string id in new[] { "a", "b", "c" }) Assert.IsTrue(survey.Whole.ContainsKey(id), id);
    }

    [TestMethod]
    [Fault(38, 39)]
    [DataRow(1, "EIO", "")]
    [DataRow(2, "EIO", "")]
    [DataRow(3, "EIO", "")]
    [DataRow(4, "EIO", "")]
    [DataRow(3, "ENOSPC", "KeepFiles=9\n")]
    [DataRow(2, "EACCES", "Compress=gzip\n")]
    public void AChainOfRenamesThatFailsHalfWayOverwritesNothingAndIsFinishedByTheNextWriter(int number, string error, string more)
    {
        Needs.Programs("strace");
        using var site = new AuditSite($"{AuditSite.Enabled}[RotationSettings]\nMaxFileSize=1\nNaming=numbered\n{more}");
        string[] ids = ["a", "b", "c", "d", "broken", "next"];
        using (CommandedProcess child = CommandedProcess.Start(site.Root.Path))
        {
            foreach (string id in ids[..4]) Assert.AreEqual("stored", child.Write(id));
            child.Finish();
        }
        string[] strace = ["strace", "-f", "-qq", "-o", site.Root["trace"], "-e", "trace=renameat2", "-e", $"inject=renameat2:error={error}:when={number}"];
        using (CommandedProcess child = CommandedProcess.Start(site.Root.Path, strace))
        {
            Assert.AreEqual("stored", child.Write("broken"));
            Assert.Contains($"could not be rotated and continues to grow.", child.Finish().Errors);
        }
        Assert.Contains("(INJECTED)", File.ReadAllText(site.Root["trace"]));

        Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", "next", 50));

        site.Writer.Dispose();
        using AuditLogReader log = AuditLogReader.Open(site.Root.Path);
        CollectionAssert.AreEqual(ids, log.Search(AuditQuery.All).Select(found => found.Record[NumberedRecord.IdField]).ToArray());
    }
}
