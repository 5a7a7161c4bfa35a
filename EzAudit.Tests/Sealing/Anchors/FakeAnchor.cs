using System.Collections.Concurrent;
using EzAudit.Extensibility;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>An anchor that keeps what it is given, fails or hangs as told, and notices two calls at a time.</summary>
internal sealed class FakeAnchor : IAuditAnchor
{
    private int _calls;

    public ConcurrentQueue<long> Sizes { get; } = new();

    public string? Failure { get; set; }

    /// <summary>Reset: calls wait until it is set.</summary>
    public ManualResetEventSlim MayReturn { get; } = new(initialState: true);

    public bool IsInCall => Volatile.Read(ref _calls) > 0;

    public bool HadTwoCalls { get; private set; }

    public int Disposals { get; private set; }

    public int Attempts { get; private set; }

    public string? Trouble { get; set; }

    public void Publish(AuditCheckpoint checkpoint)
    {
        if (Interlocked.Increment(ref _calls) > 1 || Disposals > 0) HadTwoCalls = true;
        try
        {
            Attempts++;
            MayReturn.Wait();
            if (Failure is { } failure) throw new IOException(failure);
            Sizes.Enqueue(checkpoint.Size);
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    public void Dispose() => Disposals++;
}
