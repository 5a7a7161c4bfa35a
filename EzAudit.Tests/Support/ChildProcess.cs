using System.Diagnostics;
using System.Reflection;

namespace EzAudit.Tests.Support;

/// <summary>A process started by a test: one of the programs in Children, or any other.</summary>
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

    public bool HasEnded => _process.HasExited;

    public StreamWriter Input => _process.StandardInput;

    /// <summary>Starts one of our programs, by the name of its class.</summary>
    public static ChildProcess Start(string child, params string[] arguments) => StartUnder([], child, arguments);

    /// <summary>Starts one of our programs in a directory and with its own environment variables.</summary>
    public static ChildProcess StartIn(string directory, Dictionary<string, string> environment, string child, params string[] arguments)
    {
        ProcessStartInfo start = StartInfo(["dotnet", Assembly.GetExecutingAssembly().Location, child, .. arguments]);
        start.WorkingDirectory = directory;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ChildProcess(start);
    }

    /// <summary>Starts one of our programs under another program, such as strace.</summary>
    public static ChildProcess StartUnder(string[] wrapper, string child, params string[] arguments) =>
        new(StartInfo([.. wrapper, "dotnet", Assembly.GetExecutingAssembly().Location, child, .. arguments]));

    public static ChildProcess StartProgram(params string[] command) => new(StartInfo(command));

    /// <summary>Starts any program in a directory and with its own environment variables.</summary>
    public static ChildProcess StartProgramIn(string directory, Dictionary<string, string> environment, params string[] command)
    {
        ProcessStartInfo start = StartInfo(command);
        start.WorkingDirectory = directory;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ChildProcess(start);
    }

    private static ProcessStartInfo StartInfo(string[] command)
    {
        var start = new ProcessStartInfo(command[0]);
        foreach (string argument in command[1..]) start.ArgumentList.Add(argument);
        // A build node that outlives its command would hold the command's output open for a quarter of an hour.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return start;
    }

    /// <summary>The next line the process writes; fails if it ends instead.</summary>
    public string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The process ended: {_errors.GetAwaiter().GetResult()}");

    /// <summary>The next line the process writes; <see langword="null"/> if it ends instead.</summary>
    public string? TryReadLine() => _process.StandardOutput.ReadLine();

    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Waits for the process to end; returns its exit code, the rest of its output, and its errors.</summary>
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
