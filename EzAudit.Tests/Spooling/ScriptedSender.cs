using System.Collections.Concurrent;
using EzAudit.Extensibility;

namespace EzAudit.Tests.Spooling;

/// <summary>A type of target <c>scripted</c> whose sender does what a test says.</summary>
internal sealed class ScriptedSender(Func<AuditBatch, CancellationToken, ValueTask> send, AuditBatchLimits? limits = null) : IAuditPlugin, IAuditSender
{
    private int _disposed;

    /// <summary>The batches it was called with, as the values of the field Id.</summary>
    public ConcurrentQueue<string[]> Batches { get; } = new();

    public ConcurrentQueue<AuditRecordId> Ids { get; } = new();

    public int Disposed => _disposed;

    public void Register(AuditRegistry registry) => registry.AddSender(
        "scripted", ["Text"], settings => settings["Text"] == "bad" ? throw new AuditComponentSettingsException("Text", "another text") : this,
        new AuditSenderOptions { Limits = limits ?? new AuditBatchLimits(1000, 1 << 20, TimeSpan.Zero), Format = "json" });

    public ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        Note(batch);
        return send(batch, cancellationToken);
    }

    /// <summary>Notes what a batch has now.</summary>
    public void Note(AuditBatch batch)
    {
        Batches.Enqueue([.. batch.Select(envelope => envelope.Record["Id"]!)]);
        foreach (AuditEnvelope envelope in batch) Ids.Enqueue(envelope.Id);
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposed);
        return ValueTask.CompletedTask;
    }
}
