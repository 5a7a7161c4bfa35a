using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Clocks that step back, run ahead or were never set: nothing is lost, reordered or deleted.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class ClockTests
{
    private static readonly string[] Steps = ["+0", "-1", "-3600", "-1d", "-400d", "+0", "+30d", "+0"];

    [TestMethod]
    [Fault(54)]
    [DataRow("MaxFileSize=0")]
    [DataRow("Interval=daily")]
    [DataRow("Interval=hourly\nNaming=numbered")]
    public void TheSystemsClockMayStepBackAndForth(string rotation)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[RotationSettings]\n{rotation}\n");
        string time = site.Root.Write("time", Steps[0]);
        using (CommandedProcess child = CommandedProcess.Start(site.Root.Path, UnderClock($"FAKETIME_TIMESTAMP_FILE={time}")))
        {
            for (int i = 0; i < Steps.Length; i++)
            {
                File.WriteAllText(time, Steps[i]);
                Assert.AreEqual("stored", child.Write($"r{i}"), Steps[i]);
            }
            child.Finish();
        }

        Survey survey = Survey.Of("login.log", site.Root[AuditSite.LogDirectory]);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, Steps.Length).Select(i => $"r{i}").ToArray(), survey.Whole.Keys.ToArray());
        AuditRecord[] records = rotation == "MaxFileSize=0" ? site.Records("login.log") : [];
        for (int i = 0; i < records.Length; i++) Assert.AreEqual($"r{i}", records[i][NumberedRecord.IdField]);
        if (records.Length > 0) Assert.IsLessThan(records[0].Time - TimeSpan.FromDays(399), records[4].Time, "the clock was not turned back");
    }

    [TestMethod]
    [Fault(54)]
    public void RecordsKeepTheOrderOfTheirCallsWhileTheClockGoesBack()
    {
        using var site = new AuditSite(AuditSite.Enabled + "[RotationSettings]\nInterval=daily\nNaming=numbered\n");
        var records = new RecordLog(site);
        for (int i = 0; i < 400; i++)
        {
            Assert.IsNull(records.Write($"r{i}", 20));
            site.Clock.AdjustBy(TimeSpan.FromHours(-i));
        }
        records.Report("clock back, 400 steps");
    }

    [TestMethod]
    [Fault(40)]
    [DataRow("KeepDays=30\nMinKeepDays=5", "dated")]
    [DataRow("KeepDays=1", "dated")]
    [DataRow("KeepDays=30\nMinKeepDays=5", "numbered")]
    [DataRow("KeepFiles=1\nMinKeepDays=5", "dated")]
    public void AStartInTheYear2099DeletesNothingThatIsYoung(string retention, string naming)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[RotationSettings]\nMaxFileSize=1\nNaming={naming}\n{retention}\n");
        using (CommandedProcess child = CommandedProcess.Start(site.Root.Path))
        {
            for (int i = 0; i < 5; i++) Assert.AreEqual("stored", child.Write($"r{i}"));
            child.Finish();
        }
        using (CommandedProcess child = CommandedProcess.Start(site.Root.Path, UnderClock("FAKETIME=@2099-06-01 00:00:00", "NO_FAKE_STAT=1")))
        {
            for (int i = 5; i < 8; i++) Assert.AreEqual("stored", child.Write($"r{i}"));
            child.Finish();
        }

        Survey survey = Survey.Of("login.log", site.Root[AuditSite.LogDirectory]);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 8).Select(i => $"r{i}").ToArray(), survey.Whole.Keys.ToArray());
        Assert.Contains("2099", string.Concat(Directory.GetFiles(site.Root[AuditSite.LogDirectory]).Select(File.ReadAllText)), "the clock was not set");
    }

    // Only the wall clock: .NET measures durations with the monotonic one.
    private static string[] UnderClock(params string[] settings)
    {
        Needs.Programs("faketime");
        string library = new[] { "/usr/lib", "/usr/lib64" }.Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateFiles(directory, "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }))
            .First();
        return ["env", $"LD_PRELOAD={library}", "DONT_FAKE_MONOTONIC=1", "FAKETIME_NO_CACHE=1", .. settings];
    }
}
