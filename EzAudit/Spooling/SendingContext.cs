using EzAudit.Records;
using EzAudit.Spooling.Entries;

namespace EzAudit.Spooling;

/// <summary>What the calls of one sender have in common.</summary>
internal sealed class SendingContext(SpoolSettings settings, Func<string, AuditFunction> definitions, ISpoolObserver observer)
{
    public SpoolSettings Settings { get; } = settings;

    /// <summary>Finds the definition of a function.</summary>
    public Func<string, AuditFunction> Definitions { get; } = definitions;

    public ISpoolObserver Observer { get; } = observer;

    public SendingPace Pace { get; } = new();

    /// <summary>The bytes of the records that a sender has.</summary>
    public PartBuffer Buffer { get; } = new();

    /// <summary>The records in <see cref="Buffer"/>, and unused ones.</summary>
    public List<SpooledRecord> Records { get; } = [];

    /// <summary>How many attempts have failed since the last success.</summary>
    public int Failures { get; set; }
}
