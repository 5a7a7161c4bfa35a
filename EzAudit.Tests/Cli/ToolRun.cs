using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli;

/// <summary>The result of a run of the tool.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    public static ToolRun Of(ChildProcess tool)
    {
        (int exitCode, string output, string errors) = tool.Finish();
        return new ToolRun(exitCode, output, errors);
    }

    /// <summary>The output; fails if the exit code differs or if the tool wrote to standard error.</summary>
    public string Expect(int exitCode = 0)
    {
        Assert.AreEqual(exitCode, ExitCode, Errors + Output);
        Assert.AreEqual("", Errors);
        return Output;
    }

    /// <summary>Fails unless the tool exited with 2 and printed exactly this to standard error and nothing to standard output.</summary>
    public void ExpectError(string message)
    {
        Assert.AreEqual(2, ExitCode, Errors + Output);
        Assert.AreEqual($"ezaudit: {message}\n", Errors);
    }
}
