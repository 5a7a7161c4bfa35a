using System.Diagnostics;
using System.Reflection;

namespace EzAudit.Tests.Support;

/// <summary>A process of a test: one of <see cref="Children.Child"/>'s programs, or any other.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ChildProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    public static ChildProcess Start<T>(params string[] arguments) =>
        StartProgram("dotnet", [Assembly.GetExecutingAssembly().Location, typeof(T).Name, .. arguments]);

    /// <summary>One of our programs under another one, such as strace.</summary>
    public static ChildProcess StartUnder(string[] wrapper, string child, params string[] arguments) =>
        StartProgram(wrapper[0], [.. wrapper[1..], "dotnet", Assembly.GetExecutingAssembly().Location, child, .. arguments]);

    public static ChildProcess StartProgram(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return new ChildProcess(start);
    }

    /// <summary>The next line the process writes; fails when it ends instead.</summary>
    public string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The process ended: {_errors.GetAwaiter().GetResult()}");

    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Waits for the end; gives exit code, rest of the output and errors.</summary>
    public (int ExitCode, string Output, string Errors) Finish()
    {
        string output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return (_process.ExitCode, output, _errors.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
