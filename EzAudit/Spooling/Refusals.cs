using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Spooling.Entries;
using EzAudit.Storage;
using NodaTime;

namespace EzAudit.Spooling;

/// <summary>Moves the records that the receiver refuses for good from the spool to the dead-letter file.</summary>
internal sealed class Refusals(SendingContext context)
{
    private readonly DeadLetterFile _file = new(context.Settings.Directory);

    public long Count => _file.Count;

    /// <summary>The numbers of the records of a run that an earlier process has moved already.</summary>
    public IEnumerable<long> NumbersOf(SpoolRun run) => _file.NumbersOf(run.Header);

    /// <summary>Moves a record; it is on disk when the call returns. False if that failed: the record stays in the spool.</summary>
    /// <param name="run">The run of the record.</param>
    /// <param name="refused">Names one of the records that the sender had last.</param>
    /// <param name="failure">What is wrong: the refusal itself, if the record was moved.</param>
    public bool TryAdd(SpoolRun run, AuditRejectedException refused, out Exception failure)
    {
        failure = refused;
        if (refused.Index >= context.Buffer.Count) return false;
        try
        {
            Add(run, refused);
            return true;
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException or StorageException)
        {
            failure = other;
            return false;
        }
    }

    private void Add(SpoolRun run, AuditRejectedException refused)
    {
        var (number, entry) = context.Buffer.At(refused.Index);
        var id = new AuditRecordId(run.Header.Origin, run.Header.Run, number);
        DateTimeOffset now = SystemClock.Instance.GetCurrentInstant().ToDateTimeOffset();
        _file.Add(new DeadLetter(id, refused.Message, entry.ToArray()) { Time = now });
        run.Refused.Add(number);
        AuditRecord record = EntryFormat.Read(entry.Span);
        string reason = $"The receiver of {context.Settings.Name} refuses the record {id}: {refused.Message} It is kept in {_file.FilePath}.";
        context.Observer.Refused(record.Function!, record.Time, reason);
        context.Settings.Report(reason);
    }
}
