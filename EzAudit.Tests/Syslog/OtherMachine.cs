using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog;

/// <summary>Another machine, as far as the network can tell: a network namespace at the end of a cable. Programs in it can be left without a network, and nobody hears of it.</summary>
internal sealed class OtherMachine : IDisposable
{
    private static int _count;

    private readonly string _name = $"ez{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    public OtherMachine()
    {
        Needs.Root("ip");
        // 198.18.0.0/15 is for tests of networks (RFC 2544): nobody is reached there.
        string network = $"198.18.{Environment.ProcessId % 256}";
        Address = network + ".2";
        var (exitCode, _, errors) = Command.Try("ip", "netns", "add", _name);
        if (exitCode != 0) Needs.LeaveOut($"a network namespace was refused: {errors.Trim()}");
        try
        {
            Command.Run("ip", "link", "add", _name, "type", "veth", "peer", "name", "cable", "netns", _name);
            Command.Run("ip", "address", "add", network + ".1/30", "dev", _name);
            Command.Run("ip", "link", "set", _name, "up");
            Command.Run([.. Wrapper, "ip", "link", "set", "cable", "up"]);
            Return();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Address { get; }

    /// <summary>What is to stand before a command that runs there.</summary>
    public string[] Wrapper => ["ip", "netns", "exec", _name];

    /// <summary>From now on nobody answers at its address, and nothing says so.</summary>
    public void Vanish() => Command.Run([.. Wrapper, "ip", "address", "flush", "dev", "cable"]);

    public void Return() => Command.Run([.. Wrapper, "ip", "address", "add", Address + "/30", "dev", "cable"]);

    public void Dispose()
    {
        // The namespace goes with its last process, and takes its time.
        Command.Try("ip", "link", "delete", _name);
        Command.Run("ip", "netns", "delete", _name);
    }
}
