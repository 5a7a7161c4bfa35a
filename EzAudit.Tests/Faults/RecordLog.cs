using System.Collections.Concurrent;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>Writes numbered records in this process and remembers what happened to each.</summary>
internal sealed class RecordLog(AuditSite site)
{
    private readonly ConcurrentQueue<string> _acknowledged = [];
    private readonly ConcurrentQueue<string> _refused = [];

    /// <summary>Writes a record; <see langword="null"/> means that it is stored.</summary>
    public AuditWriteException? Write(string id, int size)
    {
        try
        {
            Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", id, size));
            _acknowledged.Enqueue(id);
            return null;
        }
        catch (AuditWriteException failure)
        {
            if (!failure.MayBeStored) _refused.Enqueue(id);
            return failure;
        }
    }

    /// <summary>Compares the records with the log file, and prints the row.</summary>
    public void Report(string fault, IEnumerable<string>? directories = null, IEnumerable<string>? also = null)
    {
        var tally = new Tally(fault);
        Survey survey = Survey.Of("login.log", directories ?? [site.Root[AuditSite.LogDirectory]]);
        foreach (string id in _refused.Where(survey.Whole.ContainsKey)) tally.Complain($"{id} is stored, though MayBeStored was false");
        tally.Add([.. _acknowledged, .. also ?? []], survey, fault);
        tally.Report();
    }
}
