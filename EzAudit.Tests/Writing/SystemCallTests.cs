using System.Text.RegularExpressions;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>The system calls that a record makes, as shown by strace.</summary>
[TestClass]
public sealed class SystemCallTests
{
    private const int Records = 20;

    [TestMethod]
    public void ARecordOnDiskIsOneWriteAndOneSync()
    {
        string[] calls = Trace("disk");
        Assert.HasCount(Records, calls.Where(call => IsWriteOf(call, "login.log")));
        Assert.HasCount(Records, calls.Where(call => call.StartsWith("fdatasync(", StringComparison.Ordinal) && call.Contains("login.log>", StringComparison.Ordinal)));
        Assert.IsTrue(calls.Any(call => Regex.IsMatch(call, @"^fsync\(\d+<[^>]*/audit>\)")), "The directory of a new file is synced.");
    }

    [TestMethod]
    [Fault(5)]
    public void EveryNewNameIsOnDiskBeforeTheFirstRecordIsWritten()
    {
        List<string> calls = [.. Trace("disk")];
        int record = calls.FindIndex(call => IsWriteOf(call, "login.log"));

        foreach (string directory in new[] { "var", "log", "audit" }) AssertSyncedBehind(calls, $@"^mkdirat\(\d+<(.*)>, ""{directory}"".* = 0", record);
        AssertSyncedBehind(calls, @"^openat2\(\d+<(.*)>, ""login\.log"".*O_CREAT.* = \d+<", record);
    }

    [TestMethod]
    public void ManyRecordsOfOneCallAreOneWriteAndOneSync()
    {
        string[] calls = Trace("disk", nameof(AppendBatch), "user-login", $"{Records}");
        Assert.HasCount(1, calls.Where(call => IsWriteOf(call, "login.log")));
        Assert.HasCount(1, calls.Where(call => call.StartsWith("fdatasync(", StringComparison.Ordinal) && call.Contains("login.log>", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void ARecordWithTheOperatingSystemIsOneWrite()
    {
        string[] calls = Trace("os");
        Assert.HasCount(Records, calls.Where(call => IsWriteOf(call, "login.log")));
        Assert.IsEmpty(calls.TakeWhile(call => !call.Contains("\"done", StringComparison.Ordinal)).Where(call => call.StartsWith("fdatasync(", StringComparison.Ordinal) && call.Contains("login.log>", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void TheLogFileIsOpenedToAppendBeneathItsDirectoryAndThroughNoLink()
    {
        string open = Trace("disk").First(call => call.StartsWith("openat2(", StringComparison.Ordinal) && call.Contains("\"login.log\"", StringComparison.Ordinal));
        foreach (string flag in new[] { "O_APPEND", "O_CLOEXEC", "RESOLVE_BENEATH", "RESOLVE_NO_SYMLINKS", "RESOLVE_NO_MAGICLINKS" }) Assert.Contains(flag, open);
    }

    private static string[] Trace(string durability) => Trace(durability, nameof(AppendRecords), "user-login", "1", $"{Records}", "50");

    private static string[] Trace(string durability, string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/strace")) Assert.Inconclusive("Left out: strace is not installed.");
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\n");
        string trace = site.Root["trace"];
        string[] wrapper = ["strace", "-f", "-qq", "-y", "-o", trace, "-e", "trace=mkdirat,openat2,write,pwrite64,writev,fdatasync,fsync"];
        using ChildProcess child = ChildProcess.StartUnder(wrapper, program, [site.Root.Path, .. arguments]);
        Assert.AreEqual("ready", child.ReadLine());
        child.Input.WriteLine();
        Assert.AreEqual((0, "done\n", ""), child.Finish());
        Assert.HasCount(Records, site.Records("login.log"));
        return [.. File.ReadLines(trace).Select(line => Regex.Replace(line, @"^\d+\s+", ""))];
    }

    // A directory is synced after a name was created in it, and before the record.
    private static void AssertSyncedBehind(List<string> calls, string making, int record)
    {
        // The last time: the self-test also creates directories and removes them again.
        int made = calls.FindLastIndex(record, call => Regex.IsMatch(call, making));
        Assert.IsGreaterThanOrEqualTo(0, made, $"{making}\n{string.Join('\n', calls)}");
        string parent = Regex.Match(calls[made], making).Groups[1].Value;
        Assert.IsTrue(calls[made..record].Any(call => Regex.IsMatch(call, $@"^fsync\(\d+<{Regex.Escape(parent)}>\) += 0")), $"{parent}: not synced.\n{string.Join('\n', calls)}");
    }

    private static bool IsWriteOf(string call, string file) =>
        Regex.IsMatch(call, @"^(write|pwrite64|writev)\(") && call.Contains($"{file}>", StringComparison.Ordinal);
}
