using System.Globalization;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage.Linux;

/// <summary>Under any umask, permissions are those of the settings from the first moment.</summary>
[TestClass]
[DoNotParallelize]
public sealed class UmaskTests
{
    private const string Default = "";
    private const string Wider = "[FileSettings]\nLogFilePermissions=0640\nStorageDirPermissions=0750\n";

    [TestMethod]
    [Fault(35)]
    [DataRow("0", Default, "600", "700", "600")]
    [DataRow("077", Default, "600", "700", "600")]
    [DataRow("0777", Default, "600", "700", "600")]
    [DataRow("0", Wider, "640", "750", "600")]
    [DataRow("077", Wider, "640", "750", "600")]
    public void ModesAreThoseOfTheSettings(string umask, string settings, string file, string directory, string lockFile)
    {
        Needs.Programs("strace");
        using var site = new AuditSite();
        site.Root.Write("settings/site.ini", settings);
        string[] wrapper = ["strace", "-f", "-qq", "-o", site.Root["trace"], "-e", "trace=openat2,fchmod,mkdirat", "sh", "-c", $"umask {umask}; exec \"$@\"", "sh"];

        using (CommandedProcess child = CommandedProcess.Start(site.Root.Path, wrapper))
        {
            Assert.AreEqual("stored", child.Write("r"));
            child.Finish();
        }

        Assert.AreEqual(file, ModeOf(site, "login.log"));
        Assert.AreEqual(lockFile, ModeOf(site, ".ezaudit/login.log.lock"));
        foreach (string path in new[] { "", "..", "../..", ".ezaudit" }) Assert.AreEqual(directory, ModeOf(site, path), path);
        // Not created with more permissions and restricted later: anyone could open it in between.
        string made = File.ReadLines(site.Root["trace"]).First(call => call.Contains("\"login.log\"", StringComparison.Ordinal) && call.Contains("O_CREAT", StringComparison.Ordinal));
        Assert.Contains($"mode=0{file}", made);
    }

    private static string ModeOf(AuditSite site, string path) =>
        Convert.ToString((int)File.GetUnixFileMode(Path.GetFullPath(Path.Combine(site.Root[AuditSite.LogDirectory], path))), 8).ToString(CultureInfo.InvariantCulture);
}
