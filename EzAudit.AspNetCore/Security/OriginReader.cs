using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Security;

/// <summary>Reads from principals, connections and sessions what records say of them, as the options have it.</summary>
internal sealed class OriginReader
{
    private const int DigestBytes = 16;

    private readonly AuditAspNetCoreOptions _options;
    private readonly DetailReader _details;
    private readonly IRequestSession[] _sessions;
    private readonly ConditionalWeakTable<IPAddress, string> _mapped = [];
    private volatile SessionName? _lastName;

    public OriginReader(IOptions<AuditAspNetCoreOptions> options, IEnumerable<IRequestSession> sessions, DetailReader details)
    {
        _details = details;
        _options = options.Value;
        _sessions = [.. sessions];
    }

    /// <summary>Who a principal is; <see langword="null"/> for one that nobody has authenticated.</summary>
    public AuditActor? ActorOf(ClaimsPrincipal? user) =>
        user is null ? null : _details.Read("The user", (Reader: this, User: user), static state => state.Reader.Read(state.User));

    /// <summary>The user whom a ticket or a sign-in is for.</summary>
    public AuditActor UserOf(ClaimsPrincipal principal) => ActorOf(principal) ?? new AuditActor("", "");

    /// <summary>An address as records have it: one of IPv4 as such, also where it came in by a socket for IPv6.</summary>
    public string? TextOf(IPAddress? address)
    {
        if (address is null) return null;
        // Made once for each connection, which has one object for its address.
        return address.IsIPv4MappedToIPv6 ? _mapped.GetValue(address, static address => address.MapToIPv4().ToString()) : address.ToString();
    }

    /// <summary>The session as records name it; <see langword="null"/> where none is known.</summary>
    public string? SessionOf(HttpContext context)
    {
        string? id = _options.SessionId is { } ask ? _details.Read("AuditAspNetCoreOptions.SessionId", (ask, context), static state => state.ask(state.context)) : null;
        foreach (IRequestSession session in _sessions) id ??= _details.Read("The session", (session, context), static state => state.session.SessionIdOf(state.context));
        return id is null ? null : NameOf(id);
    }

    /// <summary>A session id as records name it: its digest, unless the options say otherwise.</summary>
    public string NameOf(string sessionId)
    {
        if (!_options.HashesSessionIds) return sessionId;
        // A request that changes a hundred rows asks a hundred times.
        if (_lastName is { } last && last.Id == sessionId) return last.Digest;
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)).AsSpan(0, DigestBytes));
        _lastName = new SessionName(sessionId, digest);
        return digest;
    }

    private AuditActor? Read(ClaimsPrincipal user)
    {
        if (user.Identities.FirstOrDefault(identity => identity.IsAuthenticated) is null) return null;
        string? login = First(user, _options.LoginClaims) ?? user.Identity?.Name;
        string? id = First(user, _options.IdClaims);
        return new AuditActor(login ?? id ?? "", id ?? login ?? "");
    }

    private static string? First(ClaimsPrincipal user, IList<string> types)
    {
        foreach (string type in types)
        {
            if (user.FindFirst(type) is { } claim) return claim.Value;
        }
        return null;
    }

    private sealed record SessionName(string Id, string Digest);
}
