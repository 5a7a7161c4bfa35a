namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>How a database reads SQL, as far as names, literals, comments and the ends of statements go.</summary>
/// <remarks>An unknown database gets the strictest rules: what any two databases read differently is <see cref="SqlTokenKind.Unclear"/>.</remarks>
internal sealed record SqlDialect
{
    public static readonly SqlDialect Unknown = new() { IsUnknown = true, HasBackticks = true, CanUpdateAlias = true, SelectsInto = true };

    public static readonly SqlDialect Sqlite = new()
    {
        Backslash = SqlBackslash.Plain, HasBackticks = true, HasBrackets = true, IsTextAName = true, DefaultSchema = "main",
    };

    public static readonly SqlDialect PostgreSql = new()
    {
        NestsComments = true, CarriageReturnEndsComment = true, HasDollarQuotes = true, AreDoubleQuotesNames = true, IsCaseSensitive = true,
        SelectsInto = true, DefaultSchema = "public", Unquoted = static name => name.ToLowerInvariant(),
    };

    public static readonly SqlDialect SqlServer = new()
    {
        Backslash = SqlBackslash.Plain, NestsComments = true, HasBrackets = true, NeedsNoSemicolons = true, CanUpdateAlias = true, SelectsInto = true,
        DefaultSchema = "dbo",
    };

    public static readonly SqlDialect MySql = new() { HasBackticks = true, HasHashComments = true, CanUpdateAlias = true };

    public static readonly SqlDialect Oracle = new()
    {
        Backslash = SqlBackslash.Plain, AreDoubleQuotesNames = true, HasQuoteOperator = true, IsCaseSensitive = true,
        Unquoted = static name => name.ToUpperInvariant(),
    };

    public bool IsUnknown { get; private init; }

    /// <summary>What a backslash in a string is. MySQL and PostgreSQL have a setting for it that is not known here.</summary>
    public SqlBackslash Backslash { get; private init; } = SqlBackslash.Unclear;

    public bool NestsComments { get; private init; }

    public bool CarriageReturnEndsComment { get; private init; }

    public bool HasHashComments { get; private init; }

    public bool HasDollarQuotes { get; private init; }

    /// <summary>Oracle's <c>q'[...]'</c>.</summary>
    public bool HasQuoteOperator { get; private init; }

    public bool HasBackticks { get; private init; }

    public bool HasBrackets { get; private init; }

    /// <summary>Whether double quotes always make a name. Elsewhere they make a string when a setting says so, or when there is no such column.</summary>
    public bool AreDoubleQuotesNames { get; private init; }

    /// <summary>Whether a string may stand where a name is expected.</summary>
    public bool IsTextAName { get; private init; }

    /// <summary>Whether statements may follow each other without semicolons.</summary>
    public bool NeedsNoSemicolons { get; private init; }

    /// <summary>Whether <c>UPDATE</c> and <c>DELETE</c> may name an alias or a common table expression instead of a table.</summary>
    public bool CanUpdateAlias { get; private init; }

    /// <summary>Whether <c>SELECT ... INTO name</c> makes a table.</summary>
    public bool SelectsInto { get; private init; }

    public bool IsCaseSensitive { get; private init; }

    /// <summary>The schema that a table of the model is in when the model gives none.</summary>
    public string? DefaultSchema { get; private init; }

    /// <summary>What an unquoted name means.</summary>
    public Func<string, string> Unquoted { get; private init; } = static name => name;

    /// <summary>That of an EF Core provider, by its assembly's name.</summary>
    public static SqlDialect Of(string? provider) => provider switch
    {
        null => Unknown,
        _ when provider.Contains("Sqlite", StringComparison.OrdinalIgnoreCase) => Sqlite,
        _ when provider.Contains("PostgreSQL", StringComparison.OrdinalIgnoreCase) => PostgreSql,
        _ when provider.Contains("SqlServer", StringComparison.OrdinalIgnoreCase) => SqlServer,
        _ when provider.Contains("MySql", StringComparison.OrdinalIgnoreCase) => MySql,
        _ when provider.Contains("Oracle", StringComparison.OrdinalIgnoreCase) => Oracle,
        _ => Unknown,
    };
}
