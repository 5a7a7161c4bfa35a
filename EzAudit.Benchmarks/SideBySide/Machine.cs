using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using NodaTime;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The machine and versions that the figures were measured on; without them the figures mean nothing.</summary>
internal sealed record Machine(
    string Time, int Cores, string Processor, string Kernel, string FileSystem, string Runtime, bool ServerCollector, string Libraries)
{
    public static Machine Of(string directory) => new(
        SystemClock.Instance.GetCurrentInstant().ToString("uuuu-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture),
        Environment.ProcessorCount,
        ProcessorName(),
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        new DriveInfo(directory).DriveFormat,
        RuntimeInformation.FrameworkDescription,
        GCSettings.IsServerGC,
        $"EzAudit {ProductVersion(typeof(AuditWriter))}, Serilog {VersionOf(typeof(Serilog.Log))}, NLog {VersionOf(typeof(NLog.LogFactory))}, " +
        $"log4net {VersionOf(typeof(log4net.LogManager))}, ZLogger {VersionOf(typeof(ZLogger.ZLoggerOptions))}");

    public override string ToString() => $"{Time}; {Cores} cores, {Processor}; Linux {Kernel}; {FileSystem}; {Runtime}; {Libraries}";

    private static string ProcessorName() => File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown processor";

    private static string VersionOf(Type type) => ProductVersion(type).Split('+', '-')[0];

    // Includes the source revision if the build knows it.
    private static string ProductVersion(Type type) => FileVersionInfo.GetVersionInfo(type.Assembly.Location).ProductVersion ?? "unknown";
}
