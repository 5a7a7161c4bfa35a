using NodaTime;

namespace EzAudit.AspNetCore.Security;

/// <summary>Counts the failed sign-ins of one address within a time window. Not thread-safe.</summary>
/// <param name="source">The source of the failures.</param>
/// <param name="start">The time of the first failure.</param>
/// <param name="settings">The settings at that time.</param>
internal sealed class FailureWindow(FailureSource source, Instant start, SignInSettings settings)
{
    private readonly Dictionary<string, FoldedFailures> _folded = new(StringComparer.Ordinal);
    private int _recorded;

    public FailureSource Source => source;

    public Instant End { get; } = start + settings.Window;

    /// <summary>Failures that were only counted, by function.</summary>
    public IReadOnlyDictionary<string, FoldedFailures> Folded => _folded;

    /// <summary>Whether all individual records of this window are used up.</summary>
    public bool IsUsedUp => _recorded >= settings.FailuresPerAddress;

    /// <summary>An empty window with the same end.</summary>
    public FailureWindow Emptied() => new(source, start, settings);

    /// <summary>Whether the window has ended. A clock set back ends it too; otherwise it might stay open for years.</summary>
    public bool IsOver(Instant now) => now >= End || now < start;

    /// <summary>Counts a failure.</summary>
    /// <returns>Whether it gets its own record.</returns>
    public bool Add(string function, string login, Instant now)
    {
        if (!IsUsedUp)
        {
            _recorded++;
            return true;
        }
        FoldedOf(function).Add(login, now);
        return false;
    }

    /// <summary>Adds what another window counted but could not record.</summary>
    public void TakeOver(string function, FoldedFailures folded) => FoldedOf(function).Add(folded);

    private FoldedFailures FoldedOf(string function)
    {
        if (!_folded.TryGetValue(function, out FoldedFailures? folded)) _folded.Add(function, folded = new FoldedFailures());
        return folded;
    }
}
