using System.CommandLine;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using NodaTime;

namespace EzAudit.Cli.Asking;

/// <summary>The options that choose the output format of records.</summary>
internal sealed class OutputOption
{
    public const string Classic = "classic";
    public const string Json = "json";
    public const string Csv = "csv";
    public const string Table = "table";

    private readonly Option<string> _form;
    private readonly Option<string[]> _columns = new("--column")
    {
        Description = "With -o csv: adds a column for the field NAME",
        HelpName = "NAME",
    };
    private readonly Option<bool> _showsFiles = new("--show-files") { Description = "Show the file and offset of each record" };

    public OutputOption(string defaultForm, params string[] forms)
    {
        _form = new Option<string>("--output", "-o")
        {
            Description = "Output format",
            HelpName = string.Join('|', forms),
            DefaultValueFactory = _ => defaultForm,
        };
        _form.Accept(forms);
    }

    public void AddTo(Command command)
    {
        command.Add(_form);
        command.Add(_columns);
        command.Add(_showsFiles);
    }

    public string FormOf(ParseResult parsed) => parsed.GetValue(_form)!;

    public IRecordOutput Create(ParseResult parsed, Terminal terminal, string timeZone)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[timeZone];
        bool showsFiles = parsed.GetValue(_showsFiles);
        string[] columns = parsed.GetValue(_columns) ?? [];
        if (columns.Length > 0 && FormOf(parsed) != Csv) throw new ToolException(_columns.Name, "requires -o csv; the other formats have no columns");
        return FormOf(parsed) switch
        {
            Json => new JsonOutput(terminal, showsFiles),
            Csv => new CsvOutput(terminal, zone, columns, showsFiles),
            Table => new LineTableOutput(terminal, zone, showsFiles),
            _ => new ClassicOutput(terminal, showsFiles),
        };
    }
}
