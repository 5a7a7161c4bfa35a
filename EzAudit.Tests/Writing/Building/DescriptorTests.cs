using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing.Building;

/// <summary>Reloading the settings does not accumulate open files.</summary>
[TestClass]
public sealed class DescriptorTests
{
    private const int Files = 200;
    private const int PerFile = 4; // the log file, its two locks, its directory

    [TestMethod]
    [DataRow("MaxFields=", 1, DisplayName = "What an edit says nothing about stays open as it is")]
    [DataRow("[RotationSettings]\nKeepFiles=", 2, DisplayName = "What an edit changes is there twice at most")]
    public void ReloadsHoldNoMoreDescriptorsThanTheyNeed(string edited, int generations)
    {
        if (!OperatingSystem.IsLinux()) Needs.LeaveOut("it needs /proc");
        string[] functions = [.. Enumerable.Range(0, Files).Select(i => $"own-{i}")];
        using var site = new AuditSite(AuditSite.Enabled + string.Concat(functions.Select(function => $"AuditFileNames[{function}]={function}.log\n")) + "[FunctionDefaults]\nDurability=os\n");
        int most = WriteAll(site, functions);
        Assert.AreEqual(Files * PerFile, most, "Every file is open.");

        for (int reload = 1; reload <= 4; reload++)
        {
            AuditSettingsReading before = site.Writer.ReadSettings();
            site.Root.Write("settings/override/audit.ini.append.php", $"[AuditSettings]\n{edited}{100 + reload}\n");
            Until.True(
                () =>
                {
                    most = Math.Max(most, WriteAll(site, functions));
                    return !ReferenceEquals(before, site.Writer.ReadSettings());
                },
                "the edit is in force");
            most = Math.Max(most, WriteAll(site, functions));
        }

        Assert.IsLessThanOrEqualTo((Files * PerFile * generations) + 20, most);
    }

    // The most descriptors that were open in the site's root while a record of each function was written.
    private static int WriteAll(AuditSite site, string[] functions)
    {
        int most = 0;
        for (int i = 0; i < functions.Length; i++)
        {
            Assert.IsTrue(site.Writer.WriteAudit(functions[i]));
            if (i % 50 == 49) most = Math.Max(most, Open(site.Root.Path));
        }
        return most;
    }

    private static int Open(string root) =>
        Directory.GetFileSystemEntries("/proc/self/fd").Count(entry => TargetOf(entry)?.StartsWith(root, StringComparison.Ordinal) == true);

    private static string? TargetOf(string entry)
    {
        try
        {
            return new FileInfo(entry).LinkTarget;
        }
        catch (IOException)
        {
            // The file has just been closed.
            return null;
        }
    }
}
