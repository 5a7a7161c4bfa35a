using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Asking;

/// <summary>What <c>--store</c> names.</summary>
internal static class StoreName
{
    public const string Option = "--store";

    private const string Auditor = "auditor";

    /// <summary>The start of the variables with connection strings.</summary>
    public const string Variable = "EZAUDIT_STORE_";

    /// <summary>The connection string that a text is or names.</summary>
    /// <exception cref="ToolException">The variable is not set.</exception>
    /// <param name="store">The text.</param>
    /// <param name="role">The role of the example in messages.</param>
    public static string ConnectionOf(string store, string role = Auditor)
    {
        string? connection = store.Contains('=', StringComparison.Ordinal) ? store : Environment.GetEnvironmentVariable(Variable + store.ToUpperInvariant());
        if (!string.IsNullOrEmpty(connection)) return connection;
        throw new ToolException(
            Option, $"the variable {Variable}{store.ToUpperInvariant()} is not set; set it to a connection string such as \"Host=db1;Database=audit;Username={role}\"");
    }

    /// <summary>What is wrong with a text that is no connection string.</summary>
    public static ToolException Refuse(ArgumentException failure, string role = Auditor) =>
        new(Option, $"not a connection string such as \"Host=db1;Database=audit;Username={role}\": {failure.Message}");
}
