using System.ComponentModel;
using System.Globalization;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>A process that writes as fast as it can, and what it was told became of its records.</summary>
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

    /// <summary>Any program that speaks as FloodRecords does.</summary>
    public static Flood OfProgram(params string[] command) => new(ChildProcess.StartProgram(command));

    /// <summary>Under another program, such as strace.</summary>
    public static Flood OfChild(string[] wrapper, string root, string prefix, int threads, int size, int count) =>
        new(ChildProcess.StartUnder(wrapper, nameof(FloodRecords), root, "user-login", prefix, Text(threads), Text(size), Text(count)));

    public void WaitUntilReady() => Assert.AreEqual("ready", _child.ReadLine());

    /// <summary>Lets it write; its answers are taken in until it ends.</summary>
    /// <param name="number">After so many acknowledgements...</param>
    /// <param name="action">...this is done, on the thread that reads them.</param>
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
            // All its threads were refused before the signal came.
        }
    }

    public void Dispose() => _child.Dispose();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
