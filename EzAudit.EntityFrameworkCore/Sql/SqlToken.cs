namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>A token of SQL, without the white space and comments around it.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End);
