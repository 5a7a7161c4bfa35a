using System.Globalization;

namespace EzAudit.Benchmarks.Store;

/// <summary>The options of the command <c>store</c>.</summary>
internal sealed record StoreOptions
{
    /// <summary>How many records are in the store while it is read.</summary>
    public int Records { get; private init; } = 1_000_000;

    /// <summary>How many records each round inserts, into an empty store.</summary>
    public int Inserts { get; private init; } = 200_000;

    /// <summary>How many records wait in the spool while the server is away.</summary>
    public int Waiting { get; private init; } = 1_000_000;

    public int Rounds { get; private init; } = 5;

    /// <summary>What is measured: <c>inserts</c>, <c>memory</c>, <c>reads</c>, or <c>all</c>.</summary>
    public string Only { get; private init; } = "all";

    public string Directory { get; private init; } = Path.GetTempPath();

    /// <summary>A directory in which the filled server stays; otherwise nothing is left behind.</summary>
    public string? Keep { get; private init; }

    /// <summary>The directory that an earlier run kept: it is read, not filled again.</summary>
    public string? Reuse { get; private init; }

    public string? Markdown { get; private init; }

    public bool Measures(string part) => Only == "all" || Only == part;

    public static StoreOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new StoreOptions();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count) throw new ArgumentException($"{arguments[i]} needs a value.");
            options = options.With(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private StoreOptions With(string name, string value) => name switch
    {
        "--records" => this with { Records = Count(value) },
        "--inserts" => this with { Inserts = Count(value) },
        "--waiting" => this with { Waiting = Count(value) },
        "--rounds" => this with { Rounds = Count(value) },
        "--only" when value is "inserts" or "memory" or "reads" => this with { Only = value },
        "--directory" => this with { Directory = Path.GetFullPath(value) },
        "--keep" => this with { Keep = Path.GetFullPath(value) },
        "--reuse" => this with { Reuse = Path.GetFullPath(value) },
        "--markdown" => this with { Markdown = value },
        _ => throw new ArgumentException(
            $"Unknown option {name}; use --records, --inserts, --waiting, --rounds, --only inserts|memory|reads, --directory, --keep DIRECTORY, --reuse DIRECTORY or --markdown."),
    };

    private static int Count(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
