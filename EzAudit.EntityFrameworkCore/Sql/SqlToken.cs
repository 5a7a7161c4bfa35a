namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>A token of SQL, without the white space and comments around it.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End);

internal enum SqlTokenKind
{
    /// <summary>A keyword or an unquoted name.</summary>
    Word,

    /// <summary>A quoted name.</summary>
    Name,

    /// <summary>Text in double quotes in a dialect where it may be a name or a string.</summary>
    DoubleQuoted,

    /// <summary>A string of any form, including its prefix.</summary>
    Text,

    Number,

    Parameter,

    Symbol,

    /// <summary>The rest of a text that cannot be read reliably; always the last token.</summary>
    Unclear,
}
