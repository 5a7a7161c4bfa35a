using System.CommandLine;
using System.CommandLine.Parsing;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;
using NodaTime;

namespace EzAudit.Cli.Asking;

/// <summary>Opens the log that the command line names: the root's, the given files, standard input, or the central store.</summary>
internal sealed class FileArguments(PlaceOptions place)
{
    private const string StandardInput = "-";

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Log files in the classic or json format, plain or gzip; - for standard input; defaults to the root's log files, including rotated ones",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _timeZone = new("--time-zone")
    {
        Description = "Time zone of the given files, such as Europe/Vienna; defaults to the root's if they are its own files or --root is given, otherwise UTC",
        HelpName = "ID",
    };

    private readonly Option<string?> _store = new(StoreName.Option)
    {
        Description = $"Read the central store instead of files: a connection string, or a NAME for the one in {StoreName.Variable}NAME",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        _files.Validators.Add(RefuseOptions);
        command.Add(_files);
        command.Add(_timeZone);
        command.Add(_store);
    }

    public bool IsStandardInput(ParseResult parsed) => parsed.GetValue(_files) is [StandardInput];

    /// <summary>Whether the files read belong to the root's audit trail.</summary>
    public bool AreOfRoot(ParseResult parsed)
    {
        if (parsed.GetValue(_store) is not null) return place.HasSettings(parsed);
        string[] files = parsed.GetValue(_files) ?? [];
        if (files.Length == 0) return true;
        if (IsStandardInput(parsed) || !files.Any(file => place.IsBelowRoot(parsed, file))) return false;
        using AuditLogReader? root = place.TryOpenLog(parsed);
        return root is not null && files.Any(root.Contains);
    }

    public IAuditSource Open(ParseResult parsed)
    {
        string[] files = parsed.GetValue(_files) ?? [];
        if (parsed.GetValue(_store) is { } store) return OpenStore(parsed, store, files);
        if (files.Length == 0) return OpenRoot(parsed);
        CheckTimeZone(parsed);
        if (IsStandardInput(parsed))
        {
            var options = new AuditLogReaderOptions { TimeZone = parsed.GetValue(_timeZone) ?? TimeZoneOfRoot(parsed), StreamName = StandardInput };
            return AuditLogReader.OpenStream(Console.OpenStandardInput(), options);
        }
        if (files.Contains(StandardInput)) throw new ToolException("FILE", "- cannot be combined with files; use - alone, or ./- for a file of that name");
        foreach (string file in files)
        {
            if (!File.Exists(file)) throw new ToolException(file, Directory.Exists(file) ? "is a directory; name a log file" : "does not exist; name a log file");
        }
        return OpenFiles(parsed, files);
    }

    private void CheckTimeZone(ParseResult parsed)
    {
        if (parsed.GetValue(_timeZone) is { } id && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is null)
            throw new ToolException("--time-zone", $"\"{id}\" is not a time zone; use an id such as Europe/Vienna");
    }

    private AuditStoreReader OpenStore(ParseResult parsed, string store, string[] files)
    {
        if (files.Length > 0) throw new ToolException("--store", "cannot be combined with files");
        CheckTimeZone(parsed);
        string connection = StoreName.ConnectionOf(store);
        // The definitions of the root, if there is one: they decide outcomes, and which fields name objects.
        using AuditLogReader? root = place.TryOpenLog(parsed);
        try
        {
            return new AuditStoreReader(
                connection, root?.Functions ?? PluginCatalogue.FunctionsOf([PluginCatalogue.OwnAssembly]), parsed.GetValue(_timeZone) ?? root?.TimeZone ?? "UTC");
        }
        catch (ArgumentException failure)
        {
            throw StoreName.Refuse(failure);
        }
    }

    private AuditLogReader OpenFiles(ParseResult parsed, string[] files)
    {
        string? timeZone = parsed.GetValue(_timeZone);
        using AuditLogReader? root = place.IsNamed(parsed) ? place.OpenLog(parsed) : files.Any(file => place.IsBelowRoot(parsed, file)) ? place.TryOpenLog(parsed) : null;
        return root is not null && (place.IsNamed(parsed) || files.Any(root.Contains))
            ? root.Only(files, timeZone)
            : AuditLogReader.OpenFiles(files, new AuditLogReaderOptions { TimeZone = timeZone });
    }

    // Otherwise a misspelt option would be taken for a file.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens.Where(token => token.Value is ['-', _, ..]))
            result.AddError($"{token.Value}: unknown option; for a file of that name, use ./{token.Value}");
    }

    private AuditLogReader OpenRoot(ParseResult parsed)
    {
        if (parsed.GetValue(_timeZone) is not null) throw new ToolException("--time-zone", "applies only to files given as arguments; the root's time zone is set in site.ini");
        return place.OpenLog(parsed);
    }

    private string? TimeZoneOfRoot(ParseResult parsed)
    {
        if (!place.IsNamed(parsed)) return null;
        using AuditLogReader log = place.OpenLog(parsed);
        return log.TimeZone;
    }
}
