using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>A process that writes a record on command and reports what happened to it. Killed when disposed.</summary>
internal sealed class CommandedProcess : IDisposable
{
    private readonly ChildProcess _child;

    private CommandedProcess(ChildProcess child) => _child = child;

    /// <summary>The ids that it acknowledged.</summary>
    public List<string> Acknowledged { get; } = [];

    /// <summary>The ids that it reported as definitely not stored.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Starts it, and waits until its writer is built.</summary>
    /// <param name="root">The root with its settings.</param>
    /// <param name="wrapper">The program it runs under, with arguments.</param>
    public static CommandedProcess Start(string root, params string[] wrapper)
    {
        var child = ChildProcess.StartUnder(wrapper, nameof(WriteOnCommand), root);
        string answer = child.TryReadLine() ?? $"ended: {child.Finish()}";
        if (answer == "ready") return new CommandedProcess(child);
        child.Dispose();
        throw new InvalidOperationException(answer);
    }

    /// <summary>The answer: <c>stored</c>, <c>no</c>, <c>failed STAGE ERRNO MAYBE ...</c>, <c>unexpected ...</c>, or <c>ended</c>.</summary>
    public string Write(string id, int size = 50, string function = "user-login")
    {
        string answer = Tell($"write {function} {id} {size}");
        if (answer == "stored") Acknowledged.Add(id);
        if (answer.StartsWith("failed ", StringComparison.Ordinal) && answer.Split(' ')[3] == "False") Refused.Add(id);
        return answer;
    }

    public string Tell(string line)
    {
        try
        {
            _child.Input.WriteLine(line);
            return _child.TryReadLine() ?? "ended";
        }
        catch (IOException)
        {
            return "ended";
        }
    }

    /// <summary>Lets it close its writer, and waits until it has ended.</summary>
    public (int ExitCode, string Output, string Errors) Finish()
    {
        try
        {
            _child.Input.Close();
        }
        catch (IOException)
        {
            // It was killed: nothing reads its input.
        }
        return _child.Finish();
    }

    public void Dispose() => _child.Dispose();
}
