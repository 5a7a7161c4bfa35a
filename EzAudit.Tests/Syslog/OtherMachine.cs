using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog;

/// <summary>A separate machine as seen from the network: a network namespace at the end of a virtual cable. It can vanish from the network without any notification.</summary>
internal sealed class OtherMachine : IDisposable
{
    private static int _count;

    private readonly string _name;

    public OtherMachine()
    {
        Needs.Root("ip");
        int number = Interlocked.Increment(ref _count);
        _name = $"ez{Environment.ProcessId}-{number}";
        // 198.18.0.0/15 is reserved for benchmarks (RFC 2544), so these addresses reach nobody.
        string network = $"198.18.{(Environment.ProcessId + (number * 7)) % 256}";
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

    /// <summary>The address of this machine at the other end of the cable.</summary>
    public string AddressOfThisOne => Address[..^1] + "1";

    /// <summary>The prefix of a command that runs there.</summary>
    public string[] Wrapper => ["ip", "netns", "exec", _name];

    /// <summary>Stops answering at its address, without any notification.</summary>
    public void Vanish() => Command.Run([.. Wrapper, "ip", "address", "flush", "dev", "cable"]);

    public void Return() => Command.Run([.. Wrapper, "ip", "address", "add", Address + "/30", "dev", "cable"]);

    public void Dispose()
    {
        // The namespace is removed some time after its last process has ended.
        Command.Try("ip", "link", "delete", _name);
        Command.Run("ip", "netns", "delete", _name);
    }
}
