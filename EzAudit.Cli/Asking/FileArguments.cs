using System.CommandLine;
using System.CommandLine.Parsing;
using EzAudit.Cli.Tooling;
using NodaTime;

namespace EzAudit.Cli.Asking;

/// <summary>Which log is read: that of the root, or the files that are named, or standard input.</summary>
internal sealed class FileArguments(PlaceOptions place)
{
    private const string StandardInput = "-";

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Log files, classic or json, compressed by gzip or not, or - for standard input; without any, those of the root with their rotated ones",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _timeZone = new("--time-zone")
    {
        Description = "The time zone of the files that are named, such as Europe/Vienna; else that of the root if they lie in it and are its own, or --root names it, else UTC",
        HelpName = "ID",
    };

    public void AddTo(Command command)
    {
        _files.Validators.Add(RefuseOptions);
        command.Add(_files);
        command.Add(_timeZone);
    }

    public bool IsStandardInput(ParseResult parsed) => parsed.GetValue(_files) is [StandardInput];

    /// <summary>Whether what is read belongs to the audit trail of the root.</summary>
    public bool AreOfRoot(ParseResult parsed)
    {
        string[] files = parsed.GetValue(_files) ?? [];
        if (files.Length == 0) return true;
        if (IsStandardInput(parsed) || !files.Any(file => place.Holds(parsed, file))) return false;
        using AuditLog? root = place.TryOpenLog(parsed);
        return root is not null && files.Any(root.IsOwn);
    }

    public AuditLog Open(ParseResult parsed)
    {
        string[] files = parsed.GetValue(_files) ?? [];
        if (files.Length == 0) return OpenRoot(parsed);
        if (parsed.GetValue(_timeZone) is { } id && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is null)
            throw new ToolException("--time-zone", $"\"{id}\"", "the id of a time zone, such as Europe/Vienna");
        if (IsStandardInput(parsed)) return AuditLog.OfStream(Console.OpenStandardInput(), StandardInput, parsed.GetValue(_timeZone) ?? TimeZoneOfRoot(parsed));
        if (files.Contains(StandardInput)) throw new ToolException("FILE", "- beside files", "- alone, or ./- for a file of that name");
        foreach (string file in files)
        {
            if (!File.Exists(file)) throw new ToolException(file, Directory.Exists(file) ? "a directory" : "nothing", "a log file");
        }
        return OpenFiles(parsed, files);
    }

    private AuditLog OpenFiles(ParseResult parsed, string[] files)
    {
        string? timeZone = parsed.GetValue(_timeZone);
        using AuditLog? root = place.IsNamed(parsed) ? place.OpenLog(parsed) : files.Any(file => place.Holds(parsed, file)) ? place.TryOpenLog(parsed) : null;
        return root is not null && (place.IsNamed(parsed) || files.Any(root.IsOwn)) ? root.Only(files, timeZone) : AuditLog.OfFiles(files, timeZone);
    }

    // A misspelt option would be taken for a file otherwise.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens.Where(token => token.Value is ['-', _, ..]))
            result.AddError($"{token.Value}: found no such option, expected one of the help, or ./{token.Value} for a file");
    }

    private AuditLog OpenRoot(ParseResult parsed)
    {
        if (parsed.GetValue(_timeZone) is not null) throw new ToolException("--time-zone", "no file that it could be of", "files as arguments; the root's zone stands in site.ini");
        return place.OpenLog(parsed);
    }

    private string? TimeZoneOfRoot(ParseResult parsed)
    {
        if (!place.IsNamed(parsed)) return null;
        using AuditLog log = place.OpenLog(parsed);
        return log.TimeZone;
    }
}
