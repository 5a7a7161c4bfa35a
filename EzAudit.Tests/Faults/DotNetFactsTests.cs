using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>How .NET itself handles files, and why EzAudit does not rely on it. A failing test means that a claim in docs/durability.md is out of date.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class DotNetFactsTests
{
    [TestMethod]
    [Fault(14)]
    public void FileStreamHidesAFailedSync()
    {
        Needs.Programs("strace");
        using var folder = new TempFolder();
        string path = folder["file"];
        string[] wrapper = ["strace", "-f", "-qq", "-o", folder["trace"], "-e", "trace=fsync", "-e", "inject=fsync:error=EIO"];
        using ChildProcess child = ChildProcess.StartUnder(wrapper, nameof(FlushFileStream), path);
        string answer = child.ReadLine();
        child.Finish();
        Assert.Contains("= -1 EIO", File.ReadAllText(folder["trace"]));
        Assert.AreEqual("synced", answer, $"On .NET {Environment.Version} FileStream.Flush(true) reports a failed fsync: change what docs/durability.md and LinuxFile.Sync say about it.");
    }

    [TestMethod]
    [Fault(36)]
    public void FileModeAppendLosesRecordsBetweenProcesses()
    {
        const int Processes = 4;
        const int Lines = 5_000;
        using var folder = new TempFolder();
        string path = folder["file"];
        File.WriteAllText(path, "");
        ChildProcess[] children = [.. Enumerable.Range(0, Processes).Select(_ => ChildProcess.Start(nameof(AppendWithFileMode), path, $"{Lines}"))];
        foreach (ChildProcess child in children) Assert.AreEqual("ready", child.ReadLine());
        foreach (ChildProcess child in children) child.Input.WriteLine();
        foreach (ChildProcess child in children)
        {
            Assert.AreEqual((0, "", ""), child.Finish());
            child.Dispose();
        }
        int found = File.ReadLines(path).Count();
        Console.WriteLine($"FileMode.Append: sent {Processes * Lines}, found {found}");
        Assert.IsLessThan(Processes * Lines, found, $"On .NET {Environment.Version} FileMode.Append appends: change what docs/durability.md says about it.");
    }

    [TestMethod]
    public void FileStreamFollowsASymbolicLink()
    {
        using var folder = new TempFolder();
        string victim = folder.Write("victim", "");
        File.CreateSymbolicLink(folder["log"], victim);
        using (var file = new FileStream(folder["log"], FileMode.OpenOrCreate, FileAccess.Write)) file.Write("x"u8);
        Assert.AreEqual("x", File.ReadAllText(victim), $"On .NET {Environment.Version} FileStream follows no symbolic link: change what docs/durability.md says about it.");
    }
}
