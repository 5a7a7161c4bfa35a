namespace EzAudit.Storage;

/// <summary>
/// Lets threads wait until they are released. Releases are numbered, so that none is missed between checking the state and waiting:
/// read the number, check, then wait with the number. Thread-safe.
/// </summary>
internal abstract class WaitQueue
{
    /// <summary>The number of the last release.</summary>
    public abstract int Number { get; }

    /// <summary>Waits for a release after that number; returns false on timeout. It may return early: check again.</summary>
    public abstract bool Wait(int number, TimeSpan timeout);

    /// <summary>Counts a release. Waiting threads are released by the next call.</summary>
    public abstract void Announce();

    /// <summary>Releases all threads that waited before the last announcement.</summary>
    public abstract void ReleaseAll();

    /// <summary>Releases one thread. It must check the state and act, even if its timeout has expired, because the others rely on it.</summary>
    public abstract void ReleaseOne();
}
