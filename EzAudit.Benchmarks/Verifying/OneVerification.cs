using System.Diagnostics;
using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Benchmarks.Verifying;

/// <summary>The command <c>verify-once</c>, which runs in its own process: verifies a sealed directory with the first call that the process makes, and prints what it took.</summary>
internal static class OneVerification
{
    public static void Run(string directory, string key, int threads)
    {
        AuditLedger ledger = AuditLedger.OpenDirectory(directory).WithKeys(key);
        long start = Stopwatch.GetTimestamp();
        AuditVerification found = ledger.Verify(new AuditVerifyOptions { Threads = threads });
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Result} {found.Records} {seconds:R} {self.PeakWorkingSet64}"));
    }
}
