using System.Diagnostics;
using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Benchmarks.Verifying;

/// <summary>What it took to read a trail once: by the verification alone, but with the processor time of the whole process; or by <c>sha256sum</c>, the whole process.</summary>
internal sealed record VerifyRun(string Name, double Seconds, double ProcessorSeconds, long PeakBytes)
{
    /// <summary>Verifies in a process of its own.</summary>
    /// <exception cref="InvalidDataException">The trail is not intact, or has another number of records.</exception>
    public static VerifyRun OfEzAudit(string directory, string key, int threads, long records)
    {
        double before = ChildTime.Total();
        using Process process = Start("dotnet", [typeof(VerifyRun).Assembly.Location, "verify-once", directory, key, threads.ToString(CultureInfo.InvariantCulture)]);
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] words = line.Trim().Split(' ');
        if (words.Length != 4 || words[0] != nameof(AuditVerificationResult.Intact) || words[1] != records.ToString(CultureInfo.InvariantCulture))
            throw new InvalidDataException($"Found \"{line}\", expected an intact trail of {records} records.");
        return new VerifyRun($"EzAudit, {threads} thread{(threads == 1 ? "" : "s")}", Number(words[2]), ChildTime.Total() - before, long.Parse(words[3], CultureInfo.InvariantCulture));
    }

    /// <summary>Lets <c>sha256sum</c> read the same bytes.</summary>
    public static VerifyRun OfSha256Sum(string[] files)
    {
        double before = ChildTime.Total();
        long start = Stopwatch.GetTimestamp();
        using Process process = Start("sha256sum", files);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("sha256sum failed.");
        return new VerifyRun("sha256sum", Stopwatch.GetElapsedTime(start).TotalSeconds, ChildTime.Total() - before, PeakBytes: 0);
    }

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{program} could not be started.");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
