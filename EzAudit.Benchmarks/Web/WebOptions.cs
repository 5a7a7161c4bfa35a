using System.Globalization;

namespace EzAudit.Benchmarks.Web;

/// <summary>The options of the command <c>web</c>.</summary>
internal sealed record WebOptions
{
    /// <summary>How long each contender is under load at a time. Short, so that a drifting machine affects all of them alike.</summary>
    public double Seconds { get; private init; } = 1;

    public int Rounds { get; private init; } = 15;

    public int Connections { get; private init; } = 32;

    public IReadOnlyList<WebContender> Contenders { get; private init; } = Enum.GetValues<WebContender>();

    public string Directory { get; private init; } = Path.GetTempPath();

    public string? Markdown { get; private init; }

    public static WebOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new WebOptions();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count) throw new ArgumentException($"{arguments[i]} needs a value.");
            options = options.With(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private WebOptions With(string name, string value) => name switch
    {
        "--seconds" => this with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
        "--rounds" => this with { Rounds = Count(value) },
        "--connections" => this with { Connections = Count(value) },
        "--only" => this with { Contenders = [WebContender.Without, .. value.Split(',').Select(name => Enum.Parse<WebContender>(name, ignoreCase: true))] },
        "--directory" => this with { Directory = Path.GetFullPath(value) },
        "--markdown" => this with { Markdown = value },
        _ => throw new ArgumentException($"Unknown option {name}; use --seconds, --rounds, --connections, --only Os,Queue, --directory or --markdown."),
    };

    private static int Count(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
