using System.CommandLine;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;

namespace EzAudit.Cli.Asking;

/// <summary>The option that says how the owner of the central store connects to it.</summary>
internal sealed class StoreConnection
{
    private const string Variable = "EZAUDIT_STORE_OWNER";

    private readonly Option<string?> _connection = new("--connection")
    {
        Description = $"How the owner connects; defaults to {Variable}. Passwords belong into ~/.pgpass or PGPASSWORD",
        HelpName = "STRING",
    };

    public void AddTo(Command command) => command.Add(_connection);

    /// <summary>The store; <see langword="null"/> if the command line names none.</summary>
    public AuditStore? TryOpen(ParseResult parsed)
    {
        if ((parsed.GetValue(_connection) ?? Environment.GetEnvironmentVariable(Variable)) is not { Length: > 0 } text) return null;
        try
        {
            return new AuditStore(text);
        }
        catch (ArgumentException failure)
        {
            throw new ToolException(_connection.Name, $"is not a connection string such as \"Host=db1;Database=audit;Username=audit_owner\": {failure.Message}");
        }
    }

    public AuditStore Open(ParseResult parsed) => TryOpen(parsed)
        ?? throw new ToolException(_connection.Name, $"is missing; give a connection string such as \"Host=db1;Database=audit;Username=audit_owner\", or set {Variable}");
}
