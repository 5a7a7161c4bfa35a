using System.ComponentModel;
using System.Globalization;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>A process that writes as fast as it can, and what it reported about its records.</summary>
internal sealed class Flood : IDisposable
{
    private const int NoSuchProcess = 3;

    private readonly ChildProcess _child;

    public Flood(string root, string prefix, int threads, int size, int count = int.MaxValue, string function = "user-login") =>
        _child = ChildProcess.Start(
            nameof(FloodRecords), root, function, prefix, Text(threads), Text(size), Text(count));

    private Flood(ChildProcess child) => _child = child;

    public int Id => _child.Id;

    public List<string> Acknowledged { get; } = [];

    public List<string> Failures { get; } = [];

    /// <summary>Starts any program that follows the protocol of FloodRecords.</summary>
    public static Flood OfProgram(params string[] command) => new(ChildProcess.StartProgram(command));

    /// <summary>Starts it under another program, such as strace.</summary>
    public static Flood OfChild(string[] wrapper, string root, string prefix, int threads, int size, int count) =>
        new(ChildProcess.StartUnder(wrapper, nameof(FloodRecords), root, "user-login", prefix, Text(threads), Text(size), Text(count)));

    /// <summary>Starts it with one thread and with small segments of the ledger.</summary>
    public static Flood OfSegments(string[] wrapper, string root, string prefix, int count, int segmentBytes) =>
        new(ChildProcess.StartUnder(wrapper, nameof(FloodRecords), root, "user-login", prefix, Text(1), Text(50), Text(count), Text(segmentBytes)));

    public void WaitUntilReady() => Assert.AreEqual("ready", _child.ReadLine());

    /// <summary>Lets it write, and collects its answers until it ends.</summary>
    /// <param name="number">The number of acknowledgements after which <paramref name="action"/> runs.</param>
    /// <param name="action">Runs on the thread that reads the answers.</param>
    public Task Run(int number = -1, Action? action = null) => Task.Factory.StartNew(
        () =>
        {
            _child.Input.WriteLine();
            while (_child.TryReadLine() is { } line)
            {
                if (line[0] != '+') Failures.Add(line);
                else Acknowledged.Add(line[1..]);
                if (line[0] == '+' && Acknowledged.Count == number) action!();
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Kills it, unless it has ended by itself, as it does when its disk is gone.</summary>
    public void Kill()
    {
        try
        {
            Native.Signal(_child.Id, Native.SigKill);
        }
        catch (Win32Exception gone) when (gone.NativeErrorCode == NoSuchProcess)
        {
            // All its threads had failed before the signal arrived.
        }
    }

    /// <summary>Waits for its end; returns its exit code.</summary>
    public int WaitForExit() => _child.Finish().ExitCode;

    public void Dispose() => _child.Dispose();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
