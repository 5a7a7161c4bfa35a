using System.Text.RegularExpressions;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Writing;

/// <summary>Prints the methods that a record enters from the call to the disk and back: <c>dotnet run --project EzAudit.Tests -c Release StopTable</c>.</summary>
/// <remarks>
/// Reads what the JIT made of the way in the end: a call in its listing is a call, everything else is inlined. Getters and constructors are called only where
/// they are cold, as in messages. Not a test, because the JIT decides by profile and on its own time: on a busy machine it has not finished.
/// </remarks>
internal static partial class StopTable
{
    // In memory, so that records follow each other quickly, and the lease is kept.
    private const string Memory = "/dev/shm";

    public static int Print(string[] _)
    {
        using var root = new TempFolder(Memory);
        root.Write("settings/audit.ini", "[AuditSettings]\nAudit=enabled\nAuditFileNames[user-login]=login.log\n[FunctionDefaults]\nDurability=disk\n");
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_TC_CallCountingDelayMs"] = "0",
            ["DOTNET_JitStdOutFile"] = root["jit.txt"],
            ["DOTNET_JitDisasm"] = "EzAudit.*:*",
        };
        using ChildProcess child = ChildProcess.StartIn(root.Path, environment, nameof(WriteInBursts), root.Path);
        var end = child.Finish();
        Console.Error.Write(end.Errors);
        if (end.ExitCode != 0) return end.ExitCode;

        var stops = new List<string>();
        Follow("EzAudit.AuditTrail:WriteAudit", CallsOfCompiled(File.ReadLines(root["jit.txt"])), stops);
        Console.WriteLine($"{stops.Count} stops\n{string.Join('\n', stops)}");
        if (stops.Contains("EzAudit.Storage.Appending.SyncedFile:Lead")) return 0;
        Console.Error.WriteLine("The JIT has not compiled the whole way. Try again on an idle machine.");
        return 1;
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
