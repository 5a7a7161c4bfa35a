using System.Text.RegularExpressions;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Each system call that a first record makes fails or is killed in turn: the record is stored, or an exception says that it is not.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class SystemCallFaultTests
{
    private const string Calls =
        "openat,openat2,mkdirat,fchmod,flock,write,pwrite64,writev,fdatasync,fsync,sync_file_range,renameat2,statx,unlinkat,pread64,getdents64,ftruncate,linkat";
    private const string Fresh = "[FunctionDefaults]\nDurability=disk\n[RotationSettings]\nMaxFileSize=0\n";
    private const string Numbered = "[FunctionDefaults]\nDurability=disk\n[RotationSettings]\nMaxFileSize=1KiB\nNaming=numbered\nKeepFiles=2\n";
    private const string Dated = "[FunctionDefaults]\nDurability=disk\n[RotationSettings]\nMaxFileSize=1KiB\nNaming=dated\n";
    private const string Sealed = $"{Fresh}[SealSettings]\nSeal=enabled\nKeyDir=keys\n";
    private static readonly string[] Faults = ["error=EIO", "error=ENOSPC", "signal=SIGKILL"];

    [TestMethod]
    [Fault(2, 13)]
    [DataRow("a new file", Fresh, 0)]
    [DataRow("numbered rotation", Numbered, 3)]
    [DataRow("dated rotation", Dated, 3)]
    [DataRow("a sealed directory", Sealed, 0)]
    public void EachCallOfARecordMayFail(string scene, string settings, int old)
    {
        Needs.Programs("strace");
        (string Call, int Number)[] calls = List(settings, old);
        var cases = calls.SelectMany(call => Faults.Select(fault => (call.Call, call.Number, Fault: fault))).ToArray();
        // The same sample every time, spread over all calls and faults: the step is coprime with three.
        if (!FaultForm.IsLong) cases = [.. cases.Where((_, i) => i % Math.Max(1, (cases.Length / 10) | 1) == 0)];
        var tally = new Tally($"every system call, {scene}");
        Parallel.ForEach(cases, new ParallelOptions { MaxDegreeOfParallelism = 2 }, item => Try(tally, settings, old, item.Call, item.Number, item.Fault));
        tally.Report();
    }

    private static void Try(Tally tally, string settings, int old, string call, int number, string fault)
    {
        string trial = $"inject={call}:{fault}:when={number}";
        using AuditSite site = Site(settings, old, out List<string> before);
        List<string> acknowledged;
        string[] refused;
        try
        {
            using CommandedProcess child = CommandedProcess.Start(site.Root.Path, Strace(site, "-e", $"trace={Calls}", "-e", trial));
            foreach (string id in new[] { "first", "second" })
            {
                string answer = child.Write(id);
                bool expected = answer == "stored" || answer.StartsWith("failed ", StringComparison.Ordinal) || (answer == "ended" && fault == "signal=SIGKILL");
                if (!expected) tally.Complain($"{trial}: {id}: {answer}");
            }
            child.Finish();
            acknowledged = [.. before, .. child.Acknowledged];
            refused = [.. child.Refused];
        }
        catch (InvalidOperationException end) when (end.Message.StartsWith("refused ", StringComparison.Ordinal) || fault == "signal=SIGKILL")
        {
            // The start itself hit the fault and reported it, or was killed.
            acknowledged = [.. before];
            refused = [];
        }
        // Records that the rotation deletes because of KeepFiles=2 are not lost: they are the oldest of the earlier ones.
        if (settings == Numbered) acknowledged.RemoveAll(id => id.StartsWith("old", StringComparison.Ordinal));
        foreach (string id in new[] { "successor", "another" })
        {
            try
            {
                if (NumberedRecord.Write(site.Writer, "user-login", id, 50)) acknowledged.Add(id);
                else tally.Complain($"{trial}: {id} was refused");
            }
            catch (AuditWriteException failure)
            {
                tally.Complain($"{trial}: {id}: {failure.Message}");
            }
        }
        Survey survey = Survey.Of("login.log", site.Root[AuditSite.LogDirectory]);
        foreach (string id in refused.Where(survey.Whole.ContainsKey)) tally.Complain($"{trial}: {id} is stored, though MayBeStored was false");
        tally.Add(acknowledged, survey, trial);
        if (settings != Sealed) return;
        site.Writer.Dispose();
        SealedFaultTests.Check(tally, site, trial, acknowledged);
    }

    // The name of each call and its number among the calls of that name, as strace counts them for when=.
    private static (string, int)[] List(string settings, int old)
    {
        using AuditSite site = Site(settings, old, out _);
        string trace = site.Root["trace"];
        using (CommandedProcess child = CommandedProcess.Start(site.Root.Path, Strace(site, "-o", trace, "-e", $"trace={Calls}")))
        {
            Assert.AreEqual("stored", child.Write("first"));
            child.Finish();
        }
        // Counted per thread, as strace does.
        return [.. File.ReadLines(trace)
            .Select(line => Regex.Match(line, @"^(\d+)\s+(\w+)\("))
            .Where(match => match.Success)
            .GroupBy(match => (Thread: match.Groups[1].Value, Call: match.Groups[2].Value))
            .GroupBy(group => group.Key.Call, (call, threads) => (call, Most: threads.Max(group => group.Count())))
            .SelectMany(call => Enumerable.Range(1, call.Most).Select(number => (call.call, number)))];
    }

    private static string[] Strace(AuditSite site, params string[] options)
    {
        string[] below = ["", "/var", "/var/log", "/var/log/audit", "/var/log/audit/.ezaudit", "/var/log/audit/login.log", "/var/log/audit/.ezaudit/login.log.lock", "/var/log/audit/.ezaudit/login.log.next",
            "/var/log/audit/ledger", "/var/log/audit/ledger/000001.ezl", "/var/log/audit/ledger/checkpoint", "/var/log/audit/.ezaudit/ledger.lock", "/keys", "/keys/seal.key", "/keys/seal.vkey"];
        string output = options.Contains("-o") ? "" : site.Root["trace"];
        return ["strace", "-f", "-qq", .. output.Length > 0 ? new[] { "-o", output } : [], .. options, .. below.SelectMany(path => new[] { "-P", site.Root.Path + path })];
    }

    private static AuditSite Site(string settings, int old, out List<string> before)
    {
        var site = new AuditSite(AuditSite.Enabled + settings);
        before = [];
        for (int i = 0; i < old; i++)
        {
            string id = $"old{i}";
            // Larger than MaxFileSize, so that the next record finds the file full.
            Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", id, 1500));
            before.Add(id);
        }
        return site;
    }
}
