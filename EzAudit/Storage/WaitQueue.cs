namespace EzAudit.Storage;

/// <summary>
/// Where threads wait until they are released. Each release has a number, so that none between a look at the state and the wait is
/// missed: read the number, look, wait with the number. For many threads at once.
/// </summary>
internal abstract class WaitQueue
{
    /// <summary>The number of the last release.</summary>
    public abstract int Number { get; }

    /// <summary>Returns when there was a release since that number; false when it was not in time. It may return early: look again.</summary>
    public abstract bool Wait(int number, TimeSpan timeout);

    /// <summary>Counts a release. Those who wait are let go by the call that follows.</summary>
    public abstract void Announce();

    /// <summary>Lets all go who waited before the last announcement.</summary>
    public abstract void ReleaseAll();

    /// <summary>Lets one of them go. Whoever was let go must look and act, also when its time is over: the others rely on it.</summary>
    public abstract void ReleaseOne();
}
