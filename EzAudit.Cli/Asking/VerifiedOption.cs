using System.CommandLine;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Asking;

/// <summary>The options that restrict a search to records for which the ledger vouches.</summary>
internal sealed class VerifiedOption(PlaceOptions place)
{
    private readonly Option<bool> _verified = new("--verified")
    {
        Description = "Only records for which the ledger vouches and that are unchanged; says how many were left out. Verifies all log files first",
    };
    private readonly KeyOption _keys = new(place);

    public void AddTo(Command command)
    {
        command.Add(_verified);
        _keys.AddKeysTo(command);
    }

    /// <summary>The ledger that must vouch for the records; <see langword="null"/> if the command line does not ask for it.</summary>
    public AuditLedger? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_verified)) return _keys.Open(parsed);
        return _keys.IsNamed(parsed) ? throw new ToolException("--key", "applies only together with --verified") : null;
    }
}
