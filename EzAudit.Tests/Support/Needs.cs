using System.Diagnostics.CodeAnalysis;

namespace EzAudit.Tests.Support;

/// <summary>Requirements of tests on their machine. A test whose requirement is not met is skipped; on CI it fails.</summary>
internal static class Needs
{
    public static void Root(params ReadOnlySpan<string> programs)
    {
        if (!OperatingSystem.IsLinux()) LeaveOut("it needs Linux");
        if (!Environment.IsPrivilegedProcess) LeaveOut("it needs root, for mounts and other users");
        Programs(programs);
    }

    public static void Programs(params ReadOnlySpan<string> programs)
    {
        foreach (string program in programs)
        {
            if (!IsInstalled(program)) LeaveOut($"{program} is not installed");
        }
    }

    [DoesNotReturn]
    public static void LeaveOut(string why)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"Left out: {why}; on CI it must run.");
        Assert.Inconclusive($"Left out: {why}.");
        throw new InvalidOperationException();
    }

    private static bool IsInstalled(string program) =>
        new[] { "/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin" }.Any(directory => File.Exists(Path.Combine(directory, program)));
}
