using NodaTime;

namespace EzAudit.AspNetCore.Security;

/// <summary>The failed sign-ins of one address within a window of time. For one thread at a time.</summary>
/// <param name="source">Where they come from.</param>
/// <param name="start">When the first of them came.</param>
/// <param name="settings">The settings when it came.</param>
internal sealed class FailureWindow(FailureSource source, Instant start, SignInSettings settings)
{
    private readonly Dictionary<string, FoldedFailures> _folded = new(StringComparer.Ordinal);
    private int _recorded;

    public FailureSource Source => source;

    public Instant End { get; } = start + settings.Window;

    /// <summary>What was counted only, by function.</summary>
    public IReadOnlyDictionary<string, FoldedFailures> Folded => _folded;

    /// <summary>Whether the last failure that was recorded is the last that will be.</summary>
    public bool IsUsedUp => _recorded >= settings.FailuresPerAddress;

    /// <summary>An empty one that is over at the same time.</summary>
    public FailureWindow Again() => new(source, start, settings);

    /// <summary>A clock that was set back ends it, too: else it might stay open for years.</summary>
    public bool IsOver(Instant now) => now >= End || now < start;

    /// <summary>Counts a failure.</summary>
    /// <returns>Whether it gets a record of its own.</returns>
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

    /// <summary>Takes over what another window has counted and could not put on record.</summary>
    public void TakeOver(string function, FoldedFailures folded) => FoldedOf(function).Add(folded);

    private FoldedFailures FoldedOf(string function)
    {
        if (!_folded.TryGetValue(function, out FoldedFailures? folded)) _folded.Add(function, folded = new FoldedFailures());
        return folded;
    }
}
