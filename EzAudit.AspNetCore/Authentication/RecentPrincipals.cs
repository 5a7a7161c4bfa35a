using EzAudit.AspNetCore.Security;
using Microsoft.Extensions.Options;
using NodaTime;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Remembers for a while who called with which credentials, so that each call of an API does not become a sign-in.</summary>
/// <remarks>Bounded: when it is full, the older half is forgotten, which costs a record more and never one less.</remarks>
internal sealed class RecentPrincipals(IOptions<AuditAuthenticationOptions> options, ObservedTrail trail)
{
    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private Dictionary<Credentials, Instant> _newer = [];
    private Dictionary<Credentials, Instant> _older = [];

    /// <summary>Whether these credentials were not seen within the window; from now on they were.</summary>
    public bool IsNew(string scheme, string userId, string keyId)
    {
        var credentials = new Credentials(scheme, userId, keyId);
        Instant now = trail.Now;
        lock (_gate)
        {
            if ((_newer.TryGetValue(credentials, out Instant seen) || _older.TryGetValue(credentials, out seen))
                && now - seen < Duration.FromTimeSpan(options.Value.Window)) return false;
            if (_newer.Count >= Most / 2) (_older, _newer) = (_newer, []);
            _newer[credentials] = now;
            return true;
        }
    }

    /// <summary>Forgets credentials whose record could not be written.</summary>
    public void Forget(string scheme, string userId, string keyId)
    {
        var credentials = new Credentials(scheme, userId, keyId);
        lock (_gate)
        {
            _newer.Remove(credentials);
            _older.Remove(credentials);
        }
    }

    private readonly record struct Credentials(string Scheme, string UserId, string KeyId);
}
