using System.Globalization;

namespace EzAudit.Benchmarks.Web;

/// <summary>What the command line says.</summary>
internal sealed record WebOptions
{
    /// <summary>How long a contender is under load before the next one is. Short, so that a machine that drifts wrongs all alike.</summary>
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
            if (i + 1 == arguments.Count) throw new ArgumentException($"{arguments[i]}: found nothing after it, expected a value.");
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
        _ => throw new ArgumentException($"found {name}, expected --seconds, --rounds, --connections, --only Os,Queue, --directory or --markdown."),
    };

    private static int Count(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
