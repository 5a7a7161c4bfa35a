using System.Text.RegularExpressions;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>The way of a record from the call to the disk and back stays short enough to be followed in a debugger.</summary>
[TestClass]
public sealed partial class RecordWayTests
{
    private const int MaxStops = 26;
    private const string Memory = "/dev/shm";

    public required TestContext TestContext { get; set; }

    // Reads what the JIT made of the way in the end: a call in its listing is a call, everything else is inlined. Getters and constructors are
    // called only where they are cold, as in messages. In memory, so that records follow each other quickly, and the lease is kept.
    [TestMethod]
    public void ARecordOnItsWayToTheDiskAndBackEntersFewMethods()
    {
        if (!Directory.Exists(Memory)) Needs.LeaveOut("it needs a file system in memory");
        using var root = new TempFolder(Memory);
        root.Write("settings/audit.ini", "[AuditSettings]\nAudit=enabled\nAuditFileNames[user-login]=login.log\n[FunctionDefaults]\nDurability=disk\n");
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_TC_CallCountingDelayMs"] = "0",
            ["DOTNET_JitStdOutFile"] = root["jit.txt"],
            ["DOTNET_JitDisasm"] = "EzAudit.*:*",
        };
        using ChildProcess child = ChildProcess.StartIn(root.Path, environment, nameof(CountStops), root.Path);
        (int exitCode, _, string errors) = child.Finish();
        Assert.AreEqual(0, exitCode, errors);

        Dictionary<string, List<string>> calls = CallsOfCompiled(File.ReadLines(root["jit.txt"]));
        var stops = new List<string>();
        Follow("EzAudit.AuditTrail:WriteAudit", calls, stops);

        string way = $"{stops.Count} stops\n{string.Join('\n', stops)}";
        TestContext.WriteLine(way);
        Assert.Contains("EzAudit.Storage.Appending.SyncedFile:Lead", stops, way);
        Assert.IsLessThanOrEqualTo(MaxStops, stops.Count, way);
    }

    private static void Follow(string method, Dictionary<string, List<string>> calls, List<string> stops)
    {
        foreach (string compiled in Implementations(method).Where(calls.ContainsKey))
        {
            if (stops.Contains(compiled)) continue;
            stops.Add(compiled);
            foreach (string next in calls[compiled]) Follow(next, calls, stops);
        }
    }

    // The method itself, or those that a call of an abstract one may reach. What was never compiled for good is called rarely.
    private static IEnumerable<string> Implementations(string method)
    {
        string[] parts = method.Split(':');
        Type? type = typeof(AuditWriter).Assembly.GetType(parts[0]);
        if (type is not { IsAbstract: true, IsSealed: false }) return [method];
        return type.Assembly.GetTypes().Where(type.IsAssignableFrom).Select(implementation => $"{implementation.FullName}:{parts[1]}");
    }

    // The methods of EzAudit that were compiled with all optimizations, and which of them each calls.
    private static Dictionary<string, List<string>> CallsOfCompiled(IEnumerable<string> listing)
    {
        var calls = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? current = null;
        foreach (string line in listing)
        {
            if (Header().Match(line) is { Success: true } header)
            {
                current = null;
                if (header.Groups["tier"].Value.StartsWith("Tier1", StringComparison.Ordinal) && !calls.TryGetValue(header.Groups["name"].Value, out current)) calls.Add(header.Groups["name"].Value, current = []);
            }
            else if (current is not null && Call().Match(line) is { Success: true } call)
            {
                current.Add(call.Groups["name"].Value);
            }
        }
        return calls;
    }

    [GeneratedRegex(@"^; Assembly listing for method (?<name>[^(]+)\(.*\((?<tier>[^()]*)\)$")]
    private static partial Regex Header();

    [GeneratedRegex(@"\b(?:call|jmp) +(?:\[r[^\]]*\])?\[?(?<name>EzAudit\.[^(:]+:(?!get_|\.ctor)[^(]+)\(")]
    private static partial Regex Call();
}
