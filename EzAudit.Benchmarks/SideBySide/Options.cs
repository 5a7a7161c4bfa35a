using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The options of the commands that compare writers.</summary>
internal sealed record Options
{
    public double Seconds { get; private init; } = 2;

    public int Rounds { get; private init; } = 3;

    public IReadOnlyList<AuditDurability> Levels { get; private init; } = [AuditDurability.Os, AuditDurability.Disk];

    public IReadOnlyList<int> Threads { get; private init; } = [1, 8, 32];

    /// <summary>Runs only the entries whose name contains this text, and the raw limit.</summary>
    public string Only { get; private init; } = "";

    public string Directory { get; private init; } = Path.GetTempPath();

    public string? Json { get; private init; }

    public string? Markdown { get; private init; }

    public int Records { get; private init; } = 10_000_000;

    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count) throw new ArgumentException($"{arguments[i]} needs a value.");
            options = options.With(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private Options With(string name, string value) => name switch
    {
        "--seconds" => this with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
        "--rounds" => this with { Rounds = Count(value) },
        "--level" => this with { Levels = value == "all" ? Levels : [Enum.Parse<AuditDurability>(value, ignoreCase: true)] },
        "--threads" => this with { Threads = [.. value.Split(',').Select(Count)] },
        "--only" => this with { Only = value },
        "--directory" => this with { Directory = Path.GetFullPath(value) },
        "--json" => this with { Json = value },
        "--markdown" => this with { Markdown = value },
        "--records" => this with { Records = Count(value) },
        _ => throw new ArgumentException(
            $"Unknown option {name}; use --seconds, --rounds, --level os|disk|all, --threads 1,8,32, --only, --directory, --json, --markdown or --records."),
    };

    private static int Count(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
