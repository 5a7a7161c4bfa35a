namespace EzAudit.EntityFrameworkCore.Sql;

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
