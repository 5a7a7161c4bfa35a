namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>What a statement does to rows, in the order of the letters of SIDU in a record.</summary>
internal enum SqlChangeKind
{
    Insert,
    Delete,
    Update,
}
