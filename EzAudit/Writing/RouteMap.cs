namespace EzAudit.Writing;

/// <summary>Maps function names to routes; built once, searched at every call.</summary>
/// <remarks>
/// Fast on purpose: an application calls many functions that are not audited, and those calls must cost next to nothing. Three
/// characters and the length distinguish names well enough; the benchmark WriteCost compares it (FrozenDictionary took three times as long).
/// </remarks>
internal sealed class RouteMap
{
    private readonly (string Name, Route Route)[]?[] _buckets;

    public RouteMap(IEnumerable<KeyValuePair<string, Route>> routes)
    {
        KeyValuePair<string, Route>[] all = [.. routes];
        _buckets = new (string, Route)[]?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, all.Length * 4))];
        foreach (var (function, route) in all)
        {
            ref (string, Route)[]? bucket = ref _buckets[BucketOf(function)];
            // Interned, like the literal that most callers pass: comparing the same object need not compare characters.
            bucket = [.. bucket ?? [], (string.Intern(function), route)];
        }
    }

    public Route? Find(string function)
    {
        (string Name, Route Route)[]? bucket = _buckets[BucketOf(function)];
        if (bucket is null) return null;
        foreach (var (name, route) in bucket)
        {
            if (name == function) return route;
        }
        return null;
    }

    private int BucketOf(string name)
    {
        if (name.Length == 0) return 0;
        int hash = (name.Length * 7) + (name[0] * 31) + (name[name.Length / 2] * 131) + (name[^1] * 521);
        return (hash ^ (hash >> 7)) & (_buckets.Length - 1);
    }
}
