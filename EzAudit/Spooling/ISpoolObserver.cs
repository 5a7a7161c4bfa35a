namespace EzAudit.Spooling;

/// <summary>Is notified of what happens to the records in a spool, on the sending thread.</summary>
internal interface ISpoolObserver
{
    /// <summary>A part of a batch was sent, or could not be.</summary>
    /// <param name="records">How many records were acknowledged.</param>
    /// <param name="duration">How long the attempt took.</param>
    /// <param name="failed">Whether it ended with a failure.</param>
    void Sent(long records, TimeSpan duration, bool failed);

    /// <summary>The receiver refused a record for good; it is in the dead-letter file.</summary>
    /// <param name="function">Its function.</param>
    /// <param name="time">Its time.</param>
    /// <param name="reason">What the receiver said, and where the record is now.</param>
    void Refused(string function, DateTimeOffset time, string reason);
}
