using EzAudit.Extensibility;
using EzAudit.Spooling.Entries;

namespace EzAudit.Spooling;

/// <summary>
/// The records of a run that a sender has during one call: read from the spool part by part, and confirmed in the order in which they were handed over.
/// </summary>
/// <remarks>Used by the sending thread, or by the sender on its behalf; never by both at once.</remarks>
internal sealed class SendingBatch : IBatchSource
{
    private readonly SpoolRun _run;
    private readonly SendingContext _context;
    private readonly Action<SpoolRun, string?> _onProgress;
    private readonly SendingSpan _span;

    // Where each record ends that was handed over and is not confirmed.
    private readonly Queue<long> _ends = new();

    /// <param name="run">The run.</param>
    /// <param name="context">What all calls have in common.</param>
    /// <param name="onProgress">Called after records were confirmed, without a trouble, and with a trouble that the sender reports.</param>
    public SendingBatch(SpoolRun run, SendingContext context, Action<SpoolRun, string?> onProgress)
    {
        (_run, _context, _onProgress) = (run, context, onProgress);
        _span = new SendingSpan(context);
        Batch = new AuditBatch(this);
    }

    /// <summary>What the sender sees.</summary>
    public AuditBatch Batch { get; }

    public bool ShouldFinish => _context.Pace.IsHurried || _run.HasEnded;

    /// <summary>Reads the first records; false if there are none.</summary>
    public bool TryBegin() => Batch.TryNext(TimeSpan.Zero);

    /// <summary>Must be called when the sender has returned or thrown.</summary>
    public void End(Exception? failure) => _span.End(Batch.Confirmed, failure);

    public void Confirm(long count)
    {
        long end = _run.Confirmed;
        for (long i = Batch.Confirmed; i < count; i++) end = _ends.Dequeue();
        // Refused records after the last one have no successor whose confirmation would include them.
        _run.Confirm(_ends.Count == 0 ? _run.Position : end);
        _onProgress(_run, null);
    }

    public bool TryFill(TimeSpan patience)
    {
        _span.End(Batch.Confirmed, null);
        if (patience > TimeSpan.Zero && _run.IsAtEnd && !ShouldFinish) _context.Pace.Wait(() => !_run.IsAtEnd, patience);
        Read();
        if (_context.Buffer.Count == 0) return false;
        for (int i = 0; i < _context.Buffer.Count; i++)
        {
            var (number, entry) = _context.Buffer.At(i);
            if (i == _context.Records.Count) _context.Records.Add(new SpooledRecord(_context.Definitions));
            _context.Records[i].Hold(new AuditRecordId(_run.Header.Origin, _run.Header.Run, number), entry);
            Batch.Add(_context.Records[i].Envelope);
        }
        _span.Begin(Batch);
        return true;
    }

    public void ReportTrouble(string trouble) => _onProgress(_run, trouble);

    // Waits for more as long as the first record may wait.
    private void Read()
    {
        _context.Buffer.Clear();
        bool isFull = ReadMore();
        long due = Environment.TickCount64 + (long)_context.Settings.Limits.Age.TotalMilliseconds;
        while (!isFull && _context.Buffer.Count > 0 && !ShouldFinish && due - Environment.TickCount64 is var left and > 0)
        {
            _context.Pace.Wait(() => !_run.IsAtEnd, TimeSpan.FromMilliseconds(left));
            isFull = ReadMore();
        }
        if (_context.Buffer.Count == 0 && _ends.Count == 0) _run.Confirm(_run.Position);
    }

    // Returns whether a limit is reached.
    private bool ReadMore()
    {
        PartBuffer buffer = _context.Buffer;
        AuditBatchLimits limits = _context.Settings.Limits;
        while (buffer.Count < limits.Records && _run.TryRead(out ReadOnlySpan<byte> record))
        {
            if (_run.Refused.Contains(_run.Number)) continue;
            if (buffer.Count > 0 && buffer.Bytes + record.Length > limits.Bytes)
            {
                _run.PutBack();
                return true;
            }
            buffer.Add(_run.Number, record);
            _ends.Enqueue(_run.Position);
        }
        return buffer.Count >= limits.Records;
    }
}
