namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>How a database reads SQL: names, literals, comments and the ends of statements.</summary>
/// <remarks>An unknown database gets the strictest rules: anything that two databases read differently is <see cref="SqlTokenKind.Unclear"/>.</remarks>
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

    /// <summary>What a backslash in a string means. MySQL and PostgreSQL have a setting for it, which is unknown here.</summary>
    public SqlBackslash Backslash { get; private init; } = SqlBackslash.Unclear;

    public bool NestsComments { get; private init; }

    public bool CarriageReturnEndsComment { get; private init; }

    public bool HasHashComments { get; private init; }

    public bool HasDollarQuotes { get; private init; }

    /// <summary>Whether it has Oracle's <c>q'[...]'</c>.</summary>
    public bool HasQuoteOperator { get; private init; }

    public bool HasBackticks { get; private init; }

    public bool HasBrackets { get; private init; }

    /// <summary>Whether double quotes always enclose a name. In other dialects, a setting or the lack of such a column turns it into a string.</summary>
    public bool AreDoubleQuotesNames { get; private init; }

    /// <summary>Whether a string is allowed where a name is expected.</summary>
    public bool IsTextAName { get; private init; }

    /// <summary>Whether statements can follow each other without semicolons.</summary>
    public bool NeedsNoSemicolons { get; private init; }

    /// <summary>Whether <c>UPDATE</c> and <c>DELETE</c> can name an alias or a common table expression instead of a table.</summary>
    public bool CanUpdateAlias { get; private init; }

    /// <summary>Whether <c>SELECT ... INTO name</c> creates a table.</summary>
    public bool SelectsInto { get; private init; }

    public bool IsCaseSensitive { get; private init; }

    /// <summary>The schema of tables for which the model gives none.</summary>
    public string? DefaultSchema { get; private init; }

    /// <summary>Converts an unquoted name to the name that it stands for.</summary>
    public Func<string, string> Unquoted { get; private init; } = static name => name;

    /// <summary>The dialect of an EF Core provider, identified by the name of its assembly.</summary>
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

/// <summary>What a backslash in a string means.</summary>
internal enum SqlBackslash
{
    /// <summary>An ordinary character.</summary>
    Plain,

    /// <summary>Escapes the next character.</summary>
    Escape,

    /// <summary>Depends on a setting of the server.</summary>
    Unclear,
}
