namespace EzAudit.EntityFrameworkCore.Sql;

internal enum SqlTokenKind
{
    /// <summary>A keyword or an unquoted name.</summary>
    Word,

    /// <summary>A quoted name.</summary>
    Name,

    /// <summary>Text in double quotes, where they may make a name or a string.</summary>
    DoubleQuoted,

    /// <summary>A string of any form, with its prefix.</summary>
    Text,

    Number,

    Parameter,

    Symbol,

    /// <summary>The rest of a text that cannot be read with certainty: always the last token.</summary>
    Unclear,
}
