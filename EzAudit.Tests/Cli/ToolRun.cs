using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli;

/// <summary>What a run of the tool gave.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    public static ToolRun Of(ChildProcess tool)
    {
        (int exitCode, string output, string errors) = tool.Finish();
        return new ToolRun(exitCode, output, errors);
    }

    /// <summary>The output; fails when the tool did not end with that code, or had something to say on standard error.</summary>
    public string Expect(int exitCode = 0)
    {
        Assert.AreEqual(exitCode, ExitCode, Errors + Output);
        Assert.AreEqual("", Errors);
        return Output;
    }

    /// <summary>Fails unless the tool ended with 2 and said just this on standard error, and nothing on standard output.</summary>
    public void ExpectError(string message)
    {
        Assert.AreEqual(2, ExitCode, Errors + Output);
        Assert.AreEqual($"ezaudit: {message}\n", Errors);
    }
}
