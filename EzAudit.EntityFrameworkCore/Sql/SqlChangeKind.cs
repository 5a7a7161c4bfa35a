namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>What a statement does to rows, in the order of the letters of a record's SIDU.</summary>
internal enum SqlChangeKind
{
    Insert,
    Delete,
    Update,
}
