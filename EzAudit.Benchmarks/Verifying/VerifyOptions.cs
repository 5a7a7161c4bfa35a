using System.Globalization;

namespace EzAudit.Benchmarks.Verifying;

/// <summary>The options of the command <c>verify</c>.</summary>
internal sealed record VerifyOptions
{
    /// <summary>Where the sealed trail is written, and deleted afterwards.</summary>
    public string Directory { get; private init; } = Path.GetTempPath();

    public int Records { get; private init; } = 2_000_000;

    public int Rounds { get; private init; } = 5;

    public string? Markdown { get; private init; }

    public static VerifyOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new VerifyOptions();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count) throw new ArgumentException($"{arguments[i]} needs a value.");
            options = options.With(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private VerifyOptions With(string name, string value) => name switch
    {
        "--directory" => this with { Directory = Path.GetFullPath(value) },
        "--records" => this with { Records = Count(value) },
        "--rounds" => this with { Rounds = Count(value) },
        "--markdown" => this with { Markdown = value },
        _ => throw new ArgumentException($"Unknown option {name}; use --directory, --records, --rounds or --markdown."),
    };

    private static int Count(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
