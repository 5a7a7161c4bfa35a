using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing;

/// <summary>Runs the tests of <c>docs/ezledger.py</c>, the verifier that shares no code with EzAudit.</summary>
[TestClass]
public sealed class PythonVerifierTests
{
    // Debian's own, to which python3-cryptography belongs.
    private const string Python = "/usr/bin/python3";

    [TestMethod]
    public void TheVerifierInPythonFindsEveryDamage()
    {
        NeedPython();

        var (exitCode, _, errors) = Run("-B", "-m", "unittest");

        Assert.AreEqual(0, exitCode, errors);
        Assert.Contains("\nOK", errors);
    }

    public static void NeedPython()
    {
        Needs.Programs("python3");
        if (Run("-c", "import cryptography").ExitCode != 0) Needs.LeaveOut("python3-cryptography is not installed");
    }

    /// <summary>Runs Python in the directory of its tests.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using ChildProcess python = ChildProcess.StartProgramIn(Repository.PathOf("EzAudit.Tests", "Sealing", "python"), [], [Python, .. arguments]);
        return python.Finish();
    }
}
