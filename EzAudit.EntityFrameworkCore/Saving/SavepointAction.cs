namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>What can be done with a savepoint.</summary>
internal enum SavepointAction
{
    Create,
    RollbackTo,
    Release,
}
