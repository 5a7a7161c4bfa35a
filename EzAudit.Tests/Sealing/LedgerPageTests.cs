using System.Text.RegularExpressions;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing;

/// <summary>Runs the walk-through of <c>docs/ledger.md</c> as an auditor would, with the real tool and the verifier in Python.</summary>
[TestClass]
public sealed partial class LedgerPageTests
{
    [TestMethod]
    public void TheWalkThroughOfThePageWorks()
    {
        PythonVerifierTests.NeedPython();
        using var folder = new TempFolder();
        folder.Write("settings/audit.ini", "[AuditSettings]\nAudit=enabled\nAuditFileNames[order-delete]=order_delete.log\n[SealSettings]\nSeal=enabled\nKeyDir=keys\n");
        folder.Write("docs/ezledger.py", File.ReadAllText(Repository.PathOf("docs", "ezledger.py")));
        Program(folder, "ezaudit", $"dotnet {Repository.PathOf("EzAudit.Cli", "bin", Repository.Configuration, "net10.0", "EzAudit.Cli.dll")}");
        Program(folder, "python3", "/usr/bin/python3");
        folder.Write("walk.sh", "set -euo pipefail\n" + string.Concat(Blocks().Matches(File.ReadAllText(Repository.PathOf("docs", "ledger.md"))).Select(block => block.Groups[1].Value)));
        var environment = new Dictionary<string, string> { ["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}" };

        using ChildProcess walk = ChildProcess.StartProgramIn(folder.Path, environment, "bash", "walk.sh");
        var (exitCode, output, errors) = walk.Finish();

        Assert.AreEqual(0, exitCode, output + errors);
        Assert.AreEqual(2, output.Split("exit code 1").Length - 1, output);
        Assert.IsGreaterThanOrEqualTo(4, output.Split("intact", StringSplitOptions.None).Length - 1);
    }

    private static void Program(TempFolder folder, string name, string command)
    {
        folder.Write($"bin/{name}", $"#!/bin/sh\nexec {command} \"$@\"\n");
        File.SetUnixFileMode(folder[$"bin/{name}"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
