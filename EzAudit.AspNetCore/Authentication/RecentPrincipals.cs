using EzAudit.AspNetCore.Security;
using Microsoft.Extensions.Options;
using NodaTime;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Remembers for a while which principal called with which credentials, so that not every API call is recorded as a sign-in.</summary>
/// <remarks>Bounded: when it is full, it forgets the older half. That can add a record but never lose one.</remarks>
internal sealed class RecentPrincipals(IOptions<AuditAuthenticationOptions> options, ObservedTrail trail)
{
    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private Dictionary<Credentials, Instant> _newer = [];
    private Dictionary<Credentials, Instant> _older = [];

    /// <summary>Whether these credentials are new within the window. Remembers them.</summary>
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
