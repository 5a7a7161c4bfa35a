using System.Collections;

namespace EzAudit.Extensibility;

/// <summary>
/// Records of one run of a target, in order, that are handed to a sender. Valid only until <see cref="IAuditSender.SendAsync"/> completes; not thread-safe.
/// </summary>
/// <remarks>
/// Most senders only read it. A sender whose receiver acknowledges late, as at the end of a connection, can take further records with
/// <see cref="TryNext"/> while the first ones are on their way.
/// </remarks>
public sealed class AuditBatch : IReadOnlyList<AuditEnvelope>
{
    private readonly IBatchSource _source;
    private readonly List<AuditEnvelope> _envelopes;

    /// <summary>Initializes a batch; for tests of senders.</summary>
    /// <param name="envelopes">The records.</param>
    public AuditBatch(IEnumerable<AuditEnvelope> envelopes) : this(new NoSource()) => Add([.. envelopes]);

    internal AuditBatch(IBatchSource source) => (_source, _envelopes) = (source, []);

    /// <summary>The number of records handed over now.</summary>
    public int Count => _envelopes.Count;

    /// <summary>The number of records handed over in this call of <see cref="IAuditSender.SendAsync"/> so far: those of now, and those before the last <see cref="TryNext"/>.</summary>
    public long Total { get; private set; }

    /// <summary>The number of records that were confirmed in this call so far.</summary>
    public long Confirmed { get; private set; }

    /// <summary>
    /// Whether to complete what was handed over instead of waiting for further records: someone waits until everything is sent, the target is being closed,
    /// or no record will follow.
    /// </summary>
    public bool ShouldFinish => _source.ShouldFinish;

    /// <summary>A record that is handed over now.</summary>
    public AuditEnvelope this[int index] => _envelopes[index];

    /// <summary>
    /// Says that the receiver has acknowledged the first records of this call: they are never sent again, also if the call fails afterwards. Not needed
    /// by a sender that returns when everything is acknowledged.
    /// </summary>
    /// <param name="count">How many of <see cref="Total"/> are acknowledged.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than were handed over.</exception>
    public void Confirm(long count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Total);
        if (count <= Confirmed) return;
        _source.Confirm(count);
        Confirmed = count;
    }

    /// <summary>
    /// Replaces the records by those that follow them in the spool, before the former are acknowledged. Indexes count from 0 again, but
    /// <see cref="Confirm"/> counts from the first record of the call.
    /// </summary>
    /// <param name="patience">How long to wait for further records, which blocks the calling thread. Zero takes only what is there.</param>
    /// <returns>Whether there are further records. If not, the batch is empty now.</returns>
    public bool TryNext(TimeSpan patience)
    {
        _envelopes.Clear();
        return _source.TryFill(patience);
    }

    /// <summary>Shows in Health why the receiver acknowledges nothing at the moment, without giving up the call. It is forgotten with the next confirmation.</summary>
    /// <param name="trouble">What is wrong; it should name the receiver.</param>
    public void ReportTrouble(string trouble) => _source.ReportTrouble(trouble);

    /// <inheritdoc/>
    public IEnumerator<AuditEnvelope> GetEnumerator() => _envelopes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(params ReadOnlySpan<AuditEnvelope> envelopes)
    {
        _envelopes.AddRange(envelopes);
        Total += envelopes.Length;
    }

    private sealed class NoSource : IBatchSource
    {
        public void Confirm(long count)
        {
        }

        public bool ShouldFinish => true;

        public bool TryFill(TimeSpan patience) => false;

        public void ReportTrouble(string trouble)
        {
        }
    }
}

/// <summary>The spool behind a batch.</summary>
internal interface IBatchSource
{
    bool ShouldFinish { get; }

    void Confirm(long count);

    /// <summary>Adds the records that follow to the batch; false if there are none.</summary>
    bool TryFill(TimeSpan patience);

    void ReportTrouble(string trouble);
}
