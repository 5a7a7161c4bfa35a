using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Runs a system program to its end.</summary>
internal static class Command
{
    public static string Run(params string[] command)
    {
        var (exitCode, output, errors) = Try(command);
        Assert.AreEqual(0, exitCode, $"{string.Join(' ', command)}: {output}{errors}");
        return output;
    }

    public static (int ExitCode, string Output, string Errors) Try(params string[] command)
    {
        using ChildProcess child = ChildProcess.StartProgram(command);
        return child.Finish();
    }
}
