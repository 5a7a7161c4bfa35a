using System.Globalization;

namespace EzAudit.Benchmarks.ReadBack;

/// <summary>The options of the command <c>read-back</c>.</summary>
internal sealed record ReadBackOptions
{
    /// <summary>Where the generated log file is kept for the next run.</summary>
    public string Directory { get; private init; } = Path.GetTempPath();

    public int MiB { get; private init; } = 1024;

    public int Rounds { get; private init; } = 5;

    /// <summary>The format of the log file, <c>classic</c> or <c>json</c>.</summary>
    public string Format { get; private init; } = "classic";

    /// <summary>The command-line tool to measure, such as <c>ezaudit</c>, instead of this program and the API.</summary>
    public string? Tool { get; private init; }

    public string? Markdown { get; private init; }

    public static ReadBackOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ReadBackOptions();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count) throw new ArgumentException($"{arguments[i]} needs a value.");
            options = options.With(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private ReadBackOptions With(string name, string value) => name switch
    {
        "--directory" => this with { Directory = Path.GetFullPath(value) },
        "--mib" => this with { MiB = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) },
        "--rounds" => this with { Rounds = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) },
        "--format" when value is "classic" or "json" => this with { Format = value },
        "--tool" => this with { Tool = value },
        "--markdown" => this with { Markdown = value },
        _ => throw new ArgumentException($"Unknown option {name}; use --directory, --mib, --rounds, --format classic or json, --tool or --markdown."),
    };
}
