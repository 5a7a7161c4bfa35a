using System.Globalization;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>All files together hold what many processes send: each record once, none torn.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class ConservationTests
{
    private const string Php = """
        <?php
        // Appends as eZ Publish does: no lock, one fwrite for each record.
        [, $path, $count] = $argv;
        echo "ready\n";
        fgets(STDIN);
        for ($i = 0; $i < $count; $i++) {
            $id = "php-0-$i";
            $file = fopen($path, 'a');
            fwrite($file, "[ May 23 2007 14:47:58 ] [127.0.0.1] [php:1]\nId: $id\nSize: 120\nPadding: " . str_pad('', 120, "$id.") . "\n\n");
            fclose($file);
            echo "+$id\n";
        }
        """;

    [TestMethod]
    [Fault(38)]
    [DataRow("numbered")]
    [DataRow("dated")]
    public async Task EightProcessesThatRotateLoseNothing(string naming)
    {
        int count = FaultForm.Choose(1_000, 10_000);
        using var site = new AuditSite(
            $"{AuditSite.Enabled}[FunctionDefaults]\nDurability=os\n[RotationSettings]\nMaxFileSize=10KiB\nNaming={naming}\n");
        Flood[] floods = [.. Enumerable.Range(0, 8).Select(i => new Flood(site.Root.Path, $"p{i}", threads: 1, size: 80, count))];
        await Conserve($"8 processes, rotation, {naming}", site, floods, 8 * count);
    }

    [TestMethod]
    [Fault(37)]
    public async Task EzPublishAppendsBetweenTwoProcesses()
    {
        Needs.Programs("php");
        int count = FaultForm.Choose(2_000, 50_000);
        using var site = new AuditSite(AuditSite.Enabled + "[FunctionDefaults]\nDurability=os\n[RotationSettings]\nMaxFileSize=0\n");
        string script = site.Root.Write("append.php", Php);
        string log = site.Root.Write($"{AuditSite.LogDirectory}/login.log", "");
        Flood[] floods =
        [
            new(site.Root.Path, "p0", threads: 2, size: 300, count),
            new(site.Root.Path, "p1", threads: 2, size: 300, count),
            Flood.OfProgram("php", script, log, count.ToString(CultureInfo.InvariantCulture)),
        ];
        await Conserve("eZ Publish's PHP between 2 processes", site, floods, 5 * count);
    }

    private static async Task Conserve(string fault, AuditSite site, Flood[] floods, int sent)
    {
        var tally = new Tally(fault);
        try
        {
            foreach (Flood flood in floods) flood.WaitUntilReady();
            await Task.WhenAll(floods.Select(flood => flood.Run()));
        }
        finally
        {
            foreach (Flood flood in floods) flood.Dispose();
        }
        foreach (string failure in floods.SelectMany(flood => flood.Failures)) tally.Complain(failure);
        string[] acknowledged = [.. floods.SelectMany(flood => flood.Acknowledged)];
        Survey survey = Survey.Of("login.log", site.Root[AuditSite.LogDirectory]);
        if (acknowledged.Length != sent) tally.Complain($"sent {sent}, acknowledged {acknowledged.Length}");
        if (survey.Whole.Count != sent || survey.Torn > 0) tally.Complain($"sent {sent}, found {survey.Whole.Count} and {survey.Torn} torn");
        tally.Add(acknowledged, survey, "one run");
        tally.Report();
    }
}
