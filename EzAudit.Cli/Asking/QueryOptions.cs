using System.CommandLine;
using System.CommandLine.Completions;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Asking;

/// <summary>The options that select records; a record must satisfy all of them.</summary>
internal sealed class QueryOptions(ToolContext context)
{
    private readonly Option<string?> _since = new("--since")
    {
        Description = "At or after this time, such as \"2 hours ago\", yesterday, 2026-11-22 or \"2026-11-22 14:00\", in the log's time zone",
        HelpName = "TIME",
    };
    private readonly Option<string?> _until = new("--until") { Description = "Before this time", HelpName = "TIME" };
    private readonly Option<string[]> _functions = new("--function")
    {
        Description = "Name of the function; * matches any characters. Repeat the option to match any of several",
        HelpName = "NAME",
    };
    private readonly Option<string[]> _actors = new("--actor")
    {
        Description = "Login, id, or login:id of the actor. Repeat the option to match any of several",
        HelpName = "WHO",
    };
    private readonly Option<string[]> _addresses = new("--address")
    {
        Description = "Address, or a network such as 10.0.0.0/8. Repeat the option to match any of several",
        HelpName = "ADDRESS",
    };
    private readonly Option<string[]> _fields = new("--field") { Description = "Field with exactly this value, such as \"Node ID=124\"", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _fieldContains = new("--field-contains")
    {
        Description = "Field whose value contains this text",
        HelpName = "NAME=TEXT",
    };
    private readonly Option<string[]> _fieldMatches = new("--field-matches")
    {
        Description = "Field whose value matches this regular expression",
        HelpName = "NAME=REGEX",
    };
    private readonly Option<string[]> _texts = new("--contains")
    {
        Description = "Text that occurs in any field, in the login, the id or the address",
        HelpName = "TEXT",
    };
    private readonly Option<bool> _ignoresCase = new("--ignore-case", "-i") { Description = "Ignore case in texts and values" };
    private readonly Option<string?> _outcome = new("--outcome") { Description = "Outcome of the audited act", HelpName = "success|failure" };
    private readonly Option<bool> _readsAll = new("--thorough")
    {
        Description = "Read every file to its end, even if its times rule out a match",
    };

    public void AddTo(Command command)
    {
        _functions.CompletionSources.Add(NamesOfFunctions);
        _outcome.Accept("success", "failure");
        foreach (Option option in new Option[] { _since, _until, _functions, _actors, _addresses, _fields, _fieldContains, _fieldMatches, _texts, _ignoresCase, _outcome, _readsAll })
            command.Add(option);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="log">The log; times without a time zone are in its time zone.</param>
    public AuditQuery Read(ParseResult parsed, IAuditSource log)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[log.TimeZone];
        var times = new TimeText(zone, SystemClock.Instance.GetCurrentInstant());
        var query = new AuditQuery
        {
            Since = ReadTime(parsed, _since, times),
            Until = ReadTime(parsed, _until, times),
            Functions = parsed.GetValue(_functions) ?? [],
            Actors = parsed.GetValue(_actors) ?? [],
            Addresses = parsed.GetValue(_addresses) ?? [],
            Fields =
            [
                .. Tests(parsed, _fields, AuditFieldComparison.Equals),
                .. Tests(parsed, _fieldContains, AuditFieldComparison.Contains),
                .. Tests(parsed, _fieldMatches, AuditFieldComparison.Matches),
            ],
            Texts = parsed.GetValue(_texts) ?? [],
            IgnoreCase = parsed.GetValue(_ignoresCase),
            Outcome = parsed.GetValue(_outcome) switch { "success" => AuditOutcome.Success, "failure" => AuditOutcome.Failure, _ => null },
            ReadsAll = parsed.GetValue(_readsAll),
        };
        if (query.Since >= query.Until) throw new ToolException(_until.Name, $"\"{parsed.GetValue(_until)}\" must be after --since \"{parsed.GetValue(_since)}\"");
        return query;
    }

    /// <summary>Splits <c>NAME=VALUE</c> at the first <c>=</c>.</summary>
    public static (string Name, string Value) Pair(string place, string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (text[..equals], text[(equals + 1)..]) : throw new ToolException(place, $"\"{text}\" is not in the form NAME=VALUE, such as \"Node ID=124\"");
    }

    private static DateTimeOffset? ReadTime(ParseResult parsed, Option<string?> option, TimeText times)
    {
        if (parsed.GetValue(option) is not { } text) return null;
        return times.TryParse(text, out DateTimeOffset time) ? time : throw new ToolException(option.Name, $"\"{text}\" is not a time; use one such as {TimeText.Examples}");
    }

    private static IEnumerable<AuditFieldTest> Tests(ParseResult parsed, Option<string[]> option, AuditFieldComparison comparison)
    {
        foreach (string text in parsed.GetValue(option) ?? [])
        {
            (string name, string value) = Pair(option.Name, text);
            yield return new AuditFieldTest(name, comparison, value);
        }
    }

    private IEnumerable<CompletionItem> NamesOfFunctions(CompletionContext completion) => FunctionCompletion.Names(context.Place, completion.ParseResult);
}
