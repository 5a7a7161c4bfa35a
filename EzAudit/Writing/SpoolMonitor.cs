using EzAudit.Spooling;

namespace EzAudit.Writing;

/// <summary>Counts what happens to the records of a sender: a record that its receiver refuses is lost there, which is recorded.</summary>
internal sealed class SpoolMonitor(string target, LossCount losses, AuditMeter meter) : ISpoolObserver
{
    public void Sent(long records, TimeSpan duration, bool failed) => meter.Sent(records, duration, target, failed);

    public void Refused(string function, DateTimeOffset time, string reason)
    {
        losses.Add(1, function, time, reason);
        meter.Lost(1, function);
    }
}
