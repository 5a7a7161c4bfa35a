using EzAudit.Collector.Letters;
using EzAudit.Nats;
using Microsoft.Extensions.Logging;

namespace EzAudit.Collector;

/// <summary>Keeps what a collector has done, and logs what its operator should know. Thread-safe.</summary>
internal sealed partial class CollectorProgress(ILogger logger, string directory, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private AuditCollectorStatus _status = new(0, 0, 0, null, null);
    private bool _isOfStream;

    public AuditCollectorStatus Status
    {
        get
        {
            lock (_gate) return _status;
        }
    }

    /// <summary>A batch is in the store, except for some dead letters.</summary>
    public void Stored(AuditStreamBatch batch, IReadOnlyList<Letter> letters)
    {
        lock (_gate)
        {
            _status = _status with
            {
                Messages = _status.Messages + batch.Records.Count + batch.Checkpoints.Count + batch.Problems.Count - letters.Count,
                Batches = _status.Batches + 1,
                DeadLetters = _status.DeadLetters + letters.Count,
                LastCommit = clock.GetUtcNow(),
            };
        }
        if (letters.Count > 0) LogLetters(letters.Count, directory, letters[0].Name, letters[0].Reason);
        Clear(isOfStream: null);
    }

    /// <summary>Something did not work and is tried again. Logged when it is not what was logged last.</summary>
    public void Failed(string trouble, bool isOfStream)
    {
        lock (_gate)
        {
            _isOfStream = isOfStream;
            if (_status.Trouble == trouble) return;
            _status = _status with { Trouble = trouble };
        }
        LogTrouble(trouble);
    }

    /// <summary>The stream can be used; there may be nothing to read from it that would show it.</summary>
    public void StreamWorks() => Clear(isOfStream: true);

    private void Clear(bool? isOfStream)
    {
        lock (_gate)
        {
            if (_status.Trouble is null || (isOfStream is { } only && only != _isOfStream)) return;
            _status = _status with { Trouble = null };
        }
        LogRecovery();
    }

    [LoggerMessage(1, LogLevel.Warning, "{Trouble} Trying again.")]
    private partial void LogTrouble(string trouble);

    [LoggerMessage(2, LogLevel.Information, "It works again.")]
    private partial void LogRecovery();

    [LoggerMessage(3, LogLevel.Error, "Dead letters put into {Directory}: {Count}. The first, {Name}: {Reason}")]
    private partial void LogLetters(int count, string directory, string name, string reason);

    [LoggerMessage(4, LogLevel.Information, "Collecting from {Stream} into {Store}.")]
    public partial void LogStart(string stream, string store);

    [LoggerMessage(5, LogLevel.Information, "Stopped. Messages stored: {Messages}, in {Batches} batches.")]
    public partial void LogStop(long messages, long batches);
}
