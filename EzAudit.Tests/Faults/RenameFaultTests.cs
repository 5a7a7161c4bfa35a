using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>File systems and kernels that cannot rename without overwriting.</summary>
[TestClass]
[DoNotParallelize]
public sealed class RenameFaultTests
{
    [TestMethod]
    [DataRow("EINVAL", "dated")]
    [DataRow("ENOSYS", "numbered")]
    public void AFileIsRotatedAllTheSame(string error, string naming)
    {
        Needs.Programs("strace");
        using var site = new AuditSite($"{AuditSite.Enabled}[RotationSettings]\nMaxFileSize=1\nNaming={naming}\n");
        string[] strace = ["strace", "-f", "-qq", "-o", site.Root["trace"], "-e", "trace=renameat2", "-e", $"inject=renameat2:error={error}"];

        using (Commanded child = Commanded.Start(site.Root.Path, strace))
        {
            foreach (string id in new[] { "a", "b", "c" }) Assert.AreEqual("stored", child.Write(id));
            Assert.AreEqual("", child.Finish().Errors);
        }

        string[] files = Directory.GetFiles(site.Root[AuditSite.LogDirectory]);
        Assert.HasCount(3, files);
        Survey survey = Survey.Of("login.log", site.Root[AuditSite.LogDirectory]);
        foreach (string id in new[] { "a", "b", "c" }) Assert.IsTrue(survey.Whole.ContainsKey(id), id);
    }
}
