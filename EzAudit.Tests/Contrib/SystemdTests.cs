using EzAudit.Tests.Support;

namespace EzAudit.Tests.Contrib;

/// <summary>The unit of the collector, read by the systemd of the machine.</summary>
[TestClass]
public sealed class SystemdTests
{
    [TestMethod]
    public void TheUnitOfTheCollectorHasNoMistake()
    {
        Assert.AreEqual("", Verify(Unit));
        StringAssert.Contains(Verify(Unit.Replace("ProtectSystem", "ProtectSystme", StringComparison.Ordinal)), "ProtectSystme");
    }

    [TestMethod]
    public void TheUnitOfTheCollectorIsHardened()
    {
        Needs.Programs("systemd-analyze");
        using var folder = new TempFolder();
        string path = folder.Write("ezaudit-collect.service", Unit);

        // Fails if the exposure is more than 2.0 of 10.
        (int exitCode, string output, string errors) = Run("systemd-analyze", "security", "--offline=true", "--threshold=20", path);

        Assert.AreEqual(0, exitCode, errors + output);
    }

    // The tool is not installed on the machine of the tests.
    private static string Unit => File.ReadAllText(Repository.PathOf("contrib", "systemd", "ezaudit-collect.service"))
        .Replace("/usr/local/bin/ezaudit", "/bin/true", StringComparison.Ordinal);

    private static string Verify(string unit)
    {
        Needs.Programs("systemd-analyze");
        using var folder = new TempFolder();
        (_, string output, string errors) = Run("systemd-analyze", "verify", folder.Write("ezaudit-collect.service", unit));
        return output + errors;
    }

    private static (int ExitCode, string Output, string Errors) Run(params string[] command)
    {
        using ChildProcess program = ChildProcess.StartProgram(command);
        return program.Finish();
    }
}
