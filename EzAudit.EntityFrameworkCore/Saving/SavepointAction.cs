namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>The operations on a savepoint.</summary>
internal enum SavepointAction
{
    Create,
    RollbackTo,
    Release,
}
