namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>What a backslash in a string is.</summary>
internal enum SqlBackslash
{
    /// <summary>A character like any other.</summary>
    Plain,

    /// <summary>It escapes the next character.</summary>
    Escape,

    /// <summary>One or the other, by a setting of the server.</summary>
    Unclear,
}
