using System.Runtime.ExceptionServices;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.EntityFrameworkCore.Transactions;
using EzAudit.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>One <c>SaveChanges</c>: its commands and the records of what they change.</summary>
/// <remarks>
/// The records of rows are written, or queued for the surrounding transaction, as soon as the commands have run, so that no later exception from
/// another interceptor loses them. Those of <see cref="AuditEntityOptions.Entity{T}"/> follow once EF has accepted the changes; with an outbox,
/// they must be stored before the commit like the others.
/// </remarks>
internal sealed class Save : IDisposable
{
    private readonly DbContext _context;
    private readonly Capture _capture;
    private readonly CapturedChanges _changes;
    private readonly ContextState _state;
    private readonly Save? _outer;
    private readonly AutoTransactionBehavior _behavior;
    private readonly bool _hasOwnTransaction;
    private readonly RunCommands _run = new();
    private ExceptionDispatchInfo? _deferred;
    private bool _isMapped;

    private Save(DbContext context, Capture capture, CapturedChanges changes)
    {
        _context = context;
        _capture = capture;
        _changes = changes;
        _state = ContextState.Of(context);
        _outer = _state.Running;
        _behavior = context.Database.AutoTransactionBehavior;
        _hasOwnTransaction = context.Database.CurrentTransaction is null;
        (_state.Running, _state.Capture) = (this, capture);
    }

    /// <summary>Whether its records were added to the transaction that EF began for it.</summary>
    public bool IsHandedOver { get; private set; }

    /// <summary>The reason for missing records. It is thrown only after EF has accepted the changes, which it would otherwise save again.</summary>
    public AuditAfterCommitException? Failure { get; set; }

    /// <summary>Begins a save. Dispose of it when its commands have run.</summary>
    /// <param name="context">The context.</param>
    /// <param name="capture">What is recorded for the context.</param>
    /// <param name="changes">The captured changes.</param>
    /// <param name="mayBreakOff">Whether other code may end the save after a command: a single command commits by itself and would go unrecorded.</param>
    public static Save Begin(DbContext context, Capture capture, CapturedChanges changes, bool mayBreakOff)
    {
        var save = new Save(context, capture, changes);
        // A single command needs no transaction, but a command and its record do.
        if (capture.Options.Outbox || (mayBreakOff && save._behavior == AutoTransactionBehavior.WhenNeeded))
            context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        return save;
    }

    /// <summary>Wraps the batches if their commands may commit one by one.</summary>
    public IEnumerable<ModificationCommandBatch> Follow(IEnumerable<ModificationCommandBatch> batches) =>
        _hasOwnTransaction && _context.Database.AutoTransactionBehavior != AutoTransactionBehavior.Always
            ? batches.Select(batch => new CommittedBatch(batch, this))
            : batches;

    /// <summary>Notes commands that have run.</summary>
    public void HasRun(IEnumerable<IReadOnlyModificationCommand> commands, IRelationalConnection connection)
    {
        if (!IsCommittedByItself(connection)) return;
        foreach (IReadOnlyModificationCommand command in commands) _run.Add(command);
    }

    /// <summary>Defers an exception that others throw for a command that commits by itself, until <see cref="ThrowDeferred"/>.</summary>
    /// <returns>False if the command is in a transaction, which the exception rolls back.</returns>
    public bool TryDefer(IRelationalConnection connection, Exception failure)
    {
        if (!IsCommittedByItself(connection)) return false;
        _deferred ??= ExceptionDispatchInfo.Capture(failure);
        return true;
    }

    public void ThrowDeferred()
    {
        ExceptionDispatchInfo? deferred = _deferred;
        _deferred = null;
        deferred?.Throw();
    }

    /// <summary>Adds its records to the transaction that EF began for it. Call it right before the commit.</summary>
    public async ValueTask AddTo(TransactionRecords records, bool isAsync)
    {
        if (!_hasOwnTransaction || IsHandedOver) return;
        records.Add(await Batch(_capture.Options.Outbox, isAsync).ConfigureAwait(false));
        IsHandedOver = true;
    }

    /// <summary>Writes the records of its rows, or queues them for the surrounding transaction. Call it when its commands have run.</summary>
    public async ValueTask CommandsHaveRun(bool isAsync)
    {
        _state.Executed = this;
        if (!IsHandedOver) await Write(_changes.PrepareRows(_capture.WriterOf(_context)), isAsync).ConfigureAwait(false);
    }

    /// <summary>Writes the records of what was committed although the save failed. Call it when its commands have thrown.</summary>
    public async ValueTask BrokenOff(bool isAsync)
    {
        if (IsHandedOver || _run.IsEmpty) return;
        AuditWriter writer = _capture.WriterOf(_context);
        await Write([.. _changes.PrepareRows(writer, _run), .. _changes.PrepareMapped(_context, writer, _run)], isAsync).ConfigureAwait(false);
    }

    /// <summary>Writes the remaining records, and throws if any are missing. Call it when EF has accepted the changes.</summary>
    public async ValueTask Accepted(bool isAsync)
    {
        if (!_isMapped) await Write(_changes.PrepareMapped(_context, _capture.WriterOf(_context)), isAsync).ConfigureAwait(false);
        if (Failure is not null) throw Failure;
    }

    public void Dispose()
    {
        _state.Running = _outer;
        _context.Database.AutoTransactionBehavior = _behavior;
    }

    private bool IsCommittedByItself(IRelationalConnection connection) =>
        _hasOwnTransaction && connection.CurrentTransaction is null && TransactionRecords.AmbientOf(_context) is null;

    private async ValueTask<RecordBatch> Batch(bool withMapped, bool isAsync)
    {
        AuditWriter writer = _capture.WriterOf(_context);
        List<AuditRecord> records = _changes.PrepareRows(writer);
        if (withMapped) records.AddRange(_changes.PrepareMapped(_context, writer));
        _isMapped = withMapped;
        return await _capture.Store(_context, records, isAsync).ConfigureAwait(false);
    }

    private async ValueTask Write(List<AuditRecord> records, bool isAsync)
    {
        if (records.Count == 0) return;
        try
        {
            RecordBatch batch = await _capture.Store(_context, records, isAsync).ConfigureAwait(false);
            await TransactionRecords.WriteAfterCommit(_context, batch, isAsync).ConfigureAwait(false);
        }
        catch (AuditAfterCommitException missed)
        {
            Failure ??= missed;
        }
    }
}
