namespace EzAudit.Records;

/// <summary>A way to count: records with the same keys are one group. <c>new AuditGrouping(AuditGroupKey.Actor, AuditGroupKey.Day)</c>.</summary>
public sealed class AuditGrouping
{
    /// <summary>Makes a grouping by one or several keys together.</summary>
    /// <exception cref="ArgumentException">There is no key.</exception>
    public AuditGrouping(params IReadOnlyList<AuditGroupKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0) throw new ArgumentException("Found no key, wanted at least one.", nameof(keys));
        Keys = [.. keys];
    }

    /// <summary>The keys, in their order.</summary>
    public IReadOnlyList<AuditGroupKey> Keys { get; }
}
