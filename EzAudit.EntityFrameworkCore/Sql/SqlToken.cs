namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>A piece of SQL, without the white space and the comments around it.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End);
