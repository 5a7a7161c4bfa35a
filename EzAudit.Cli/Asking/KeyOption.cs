using System.CommandLine;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Asking;

/// <summary>The option that names the keys which are trusted.</summary>
internal sealed class KeyOption(PlaceOptions place)
{
    private readonly Option<string[]> _keys = new("--key")
    {
        Description = "Verification key that \"ezaudit seal init\" printed, or a file with one in each line; defaults to the one in KeyDir. Repeat the option if there are several trust roots",
        HelpName = "VKEY",
    };
    private readonly Option<string?> _directory = new("--dir") { Description = "Log directory, such as a copy on another machine; no settings are read, so --key is needed", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        command.Add(_directory);
        AddKeysTo(command);
    }

    /// <summary>Adds the keys only, for commands that read the root.</summary>
    public void AddKeysTo(Command command) => command.Add(_keys);

    /// <summary>The keys that the command line names.</summary>
    public IReadOnlyList<string> KeysOf(ParseResult parsed) =>
        [.. (parsed.GetValue(_keys) ?? []).SelectMany(key => File.Exists(key) ? File.ReadAllLines(key).Where(line => line.Length > 0) : [key])];

    /// <summary>Whether the command line names a key.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_keys) is { Length: > 0 };

    /// <summary>The ledger of the directory or root that the command line names.</summary>
    public AuditLedger Open(ParseResult parsed)
    {
        place.UsePlugins(parsed);
        AuditLedger ledger = parsed.GetValue(_directory) is { } directory ? AuditLedger.OpenDirectory(directory) : AuditLedger.Open(place.RootOf(parsed), place.SiteAccessOf(parsed));
        return IsNamed(parsed) ? ledger.WithKeys(KeysOf(parsed)) : ledger;
    }
}
