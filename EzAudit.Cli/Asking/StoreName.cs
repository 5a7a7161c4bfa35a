using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Asking;

/// <summary>Finds the store that an option names: a connection string, or a name for the one in a variable.</summary>
internal static class StoreName
{
    public const string Variable = "EZAUDIT_STORE_";

    /// <summary>The connection string.</summary>
    /// <param name="store">What the option says.</param>
    /// <param name="role">A role for the example in the message.</param>
    public static string ConnectionOf(string store, string role)
    {
        if (store.Contains('=', StringComparison.Ordinal)) return store;
        string name = Variable + store.ToUpperInvariant();
        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } connection
            ? connection
            : throw new ToolException("--store", $"the variable {name} is not set; set it to a connection string such as \"Host=db1;Database=audit;Username={role}\"");
    }

    public static ToolException Invalid(ArgumentException failure, string role) =>
        new("--store", $"not a connection string such as \"Host=db1;Database=audit;Username={role}\": {failure.Message}");
}
