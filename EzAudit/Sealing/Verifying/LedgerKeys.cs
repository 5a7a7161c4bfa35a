using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Verifying;

/// <summary>The keys of a ledger: which of them must sign the next checkpoint. Not thread-safe.</summary>
/// <param name="trusted">The keys whose trust roots are accepted.</param>
internal sealed class LedgerKeys(IReadOnlyCollection<VerificationKey> trusted)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<(LedgerPlace Place, AuditFinding Finding)> _untrustedRoots = [];
    private VerificationKey? _next;

    /// <summary>The key that must sign the next checkpoint; <see langword="null"/> before the genesis.</summary>
    public VerificationKey? Current { get; private set; }

    public long Epoch { get; private set; }

    /// <summary>The time of the leaf that began the epoch, or will begin it.</summary>
    public long EpochBegan { get; private set; }

    /// <summary>The name in all keys; <see langword="null"/> before the genesis.</summary>
    public string? Origin { get; private set; }

    /// <summary>Whether a key waits for the checkpoint that makes it current.</summary>
    public bool IsPending => _next is not null;

    /// <summary>Trust roots that nobody vouches for.</summary>
    public IReadOnlyList<(LedgerPlace Place, AuditFinding Finding)> UntrustedRoots => _untrustedRoots;

    /// <summary>Adds a trust root; returns what is wrong with its form, or <see langword="null"/>.</summary>
    public string? AddRoot(in LedgerLine leaf, string vkey, LedgerPlace place)
    {
        if (ProblemOf(vkey, out VerificationKey? key) is { } problem) return problem;
        // An earlier key that comes back is one that somebody kept although it should have been destroyed.
        bool isNew = _known.Add(vkey);
        if (!isNew || !trusted.Contains(key))
        {
            string found = isNew ? $"a new trust root that nobody vouches for: {vkey}" : $"a trust root that is an earlier key of this ledger: {vkey}";
            _untrustedRoots.Add((place, place.Finding(FindingCode.TrustRoot, found) with { Leaf = leaf.Seq, Time = LedgerTime.Of(leaf.Time) }));
        }
        (Current, Epoch, EpochBegan, _next) = (key, 0, leaf.Time, null);
        return null;
    }

    /// <summary>Adds the key of the next epoch; returns what is wrong with it, or <see langword="null"/>.</summary>
    public string? AddNext(in LedgerLine leaf, string vkey)
    {
        if (ProblemOf(vkey, out VerificationKey? key) is { } problem) return problem;
        if (leaf.Count != Epoch + 1) return $"it begins epoch {leaf.Count}, expected {Epoch + 1}";
        _known.Add(vkey);
        (_next, EpochBegan) = (key, leaf.Time);
        return null;
    }

    /// <summary>Makes the pending key current, if there is one.</summary>
    public void TakeNext()
    {
        if (_next is null) return;
        (Current, Epoch, _next) = (_next, Epoch + 1, null);
    }

    private string? ProblemOf(string vkey, [System.Diagnostics.CodeAnalysis.NotNull] out VerificationKey? key)
    {
        key = null!;
        if (!VerificationKey.TryParse(vkey, out VerificationKey? parsed)) return "it has no valid verification key";
        key = parsed;
        Origin ??= key.Name;
        return key.Name == Origin ? null : $"its key is of {key.Name}, expected {Origin}";
    }
}
