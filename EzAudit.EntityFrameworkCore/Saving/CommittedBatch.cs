using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>A batch of a save that may have no transaction. Notes which commands have run, because they stay committed if a later one fails.</summary>
internal sealed class CommittedBatch(ModificationCommandBatch provider, Save save) : ModificationCommandBatch
{
    public override IReadOnlyList<IReadOnlyModificationCommand> ModificationCommands => provider.ModificationCommands;

    public override bool RequiresTransaction => provider.RequiresTransaction;

    public override bool AreMoreBatchesExpected => provider.AreMoreBatchesExpected;

    public override bool TryAddCommand(IReadOnlyModificationCommand modificationCommand) => provider.TryAddCommand(modificationCommand);

    public override void Complete(bool moreBatchesExpected) => provider.Complete(moreBatchesExpected);

    public override void Execute(IRelationalConnection connection)
    {
        try
        {
            provider.Execute(connection);
        }
        catch (DbUpdateConcurrencyException conflict)
        {
            save.HasRun(Before(conflict), connection);
            throw;
        }
        save.HasRun(ModificationCommands, connection);
        save.ThrowDeferred();
    }

    public override async Task ExecuteAsync(IRelationalConnection connection, CancellationToken cancellationToken = default)
    {
        try
        {
            await provider.ExecuteAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (DbUpdateConcurrencyException conflict)
        {
            save.HasRun(Before(conflict), connection);
            throw;
        }
        save.HasRun(ModificationCommands, connection);
        save.ThrowDeferred();
    }

    // A command that finds no row is not an error to the database, so the commands before it stay. EF does not read the results of those after it.
    private IEnumerable<IReadOnlyModificationCommand> Before(DbUpdateConcurrencyException conflict)
    {
        object[] failed = [.. conflict.Entries.Select(entry => entry.Entity)];
        return ModificationCommands.TakeWhile(command => !command.Entries.Any(entry => failed.Contains(entry.ToEntityEntry().Entity, ReferenceEqualityComparer.Instance)));
    }
}
