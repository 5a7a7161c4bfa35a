using NodaTime;

namespace EzAudit.AspNetCore.Security;

/// <summary>Failed sign-ins of one function that have no individual records. Bounded in memory.</summary>
internal sealed class FoldedFailures
{
    // Enough to tell an attack on one account from one on many; each attacking address has such a list.
    private const int MostLogins = 100;
    private const int MostChars = 1024;

    private readonly HashSet<int> _logins = [];

    public long Count { get; private set; }

    public Instant First { get; private set; }

    public Instant Last { get; private set; }

    /// <summary>The number of different logins tried: a number, or <c>100 or more</c>.</summary>
    public string Logins => _logins.Count < MostLogins ? $"{_logins.Count}" : $"{MostLogins} or more";

    public void Add(string login, Instant now)
    {
        First = Count == 0 ? now : Instant.Min(First, now);
        Last = Count == 0 ? now : Instant.Max(Last, now);
        Count++;
        if (_logins.Count < MostLogins) _logins.Add(string.GetHashCode(login.AsSpan(0, Math.Min(login.Length, MostChars)), StringComparison.Ordinal));
    }

    /// <summary>Adds the failures counted by another instance.</summary>
    public void Add(FoldedFailures other)
    {
        First = Count == 0 ? other.First : Instant.Min(First, other.First);
        Last = Count == 0 ? other.Last : Instant.Max(Last, other.Last);
        Count += other.Count;
        foreach (int login in other._logins)
        {
            if (_logins.Count < MostLogins) _logins.Add(login);
        }
    }
}
