namespace EzAudit.Cli.Report;

/// <summary>Finds bursts of failed logins: many in a row from one address, or for one login. Expects them in order of time.</summary>
internal sealed class BurstFinder
{
    public const string Definition = "5 or more, at most 5 minutes apart";
    private const int MinFailures = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Burst> _byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Burst> _byLogin = new(StringComparer.Ordinal);
    private readonly List<ReportRow> _found = [];

    /// <param name="time">The time of the record.</param>
    /// <param name="login">The login; empty if the record combines several failures.</param>
    /// <param name="address">The address the attempts came from.</param>
    /// <param name="count">The number of failures the record represents.</param>
    public void Add(DateTimeOffset time, string login, string address, long count)
    {
        Grow(_byAddress, ($"address {address}", "login"), time, login).Count += count;
        // A record that combines failures by address may cover several logins.
        if (count == 1) Grow(_byLogin, ($"login {login}", "address"), time, address).Count++;
    }

    /// <summary>The bursts, ordered by start time.</summary>
    public IReadOnlyList<ReportRow> Find()
    {
        foreach (Burst burst in _byAddress.Values.Concat(_byLogin.Values)) Close(burst);
        _byAddress.Clear();
        _byLogin.Clear();
        return [.. _found.OrderBy(row => row.First).ThenBy(row => row.Key, StringComparer.Ordinal)];
    }

    private Burst Grow(Dictionary<string, Burst> bursts, (string Key, string What) name, DateTimeOffset time, string other)
    {
        if (bursts.TryGetValue(name.Key, out Burst? burst) && time - burst.Last > LongestPause)
        {
            Close(burst);
            burst = null;
        }
        bursts[name.Key] = burst ??= new Burst(name.Key, name.What, time);
        burst.Last = time;
        burst.Others.Add(other);
        return burst;
    }

    private void Close(Burst burst)
    {
        if (burst.Count >= MinFailures) _found.Add(new ReportRow(burst.Key, burst.Count, burst.First, burst.Last, NameSummary.Of(burst.Others, burst.What)));
    }

    private sealed class Burst(string key, string what, DateTimeOffset first)
    {
        public string Key => key;

        public string What => what;

        public DateTimeOffset First => first;

        public DateTimeOffset Last { get; set; }

        public long Count { get; set; }

        public HashSet<string> Others { get; } = new(StringComparer.Ordinal);
    }
}
