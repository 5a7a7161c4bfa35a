using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Security;

/// <summary>Reads actor, address and session for records from principals, connections and tickets, as the options say.</summary>
internal sealed class OriginReader
{
    private const int DigestBytes = 16;

    private readonly AuditAspNetCoreOptions _options;
    private readonly DetailReader _details;
    private readonly ConditionalWeakTable<IPAddress, string> _mapped = [];
    private volatile SessionName? _lastName;

    public OriginReader(IOptions<AuditAspNetCoreOptions> options, DetailReader details)
    {
        _details = details;
        _options = options.Value;
    }

    /// <summary>The actor of a principal; <see langword="null"/> if it is not authenticated.</summary>
    public AuditActor? ActorOf(ClaimsPrincipal? user) =>
        user is null ? null : _details.Read("The user", (Reader: this, User: user), static state => state.Reader.Read(state.User));

    /// <summary>The user of a ticket or a sign-in.</summary>
    public AuditActor UserOf(ClaimsPrincipal principal) => ActorOf(principal) ?? new AuditActor("", "");

    /// <summary>An address as written to records: IPv4 as such, even if it arrived on an IPv6 socket.</summary>
    public string? TextOf(IPAddress? address)
    {
        if (address is null) return null;
        // Cached per connection, which keeps one object for its address.
        return address.IsIPv4MappedToIPv6 ? _mapped.GetValue(address, static address => address.MapToIPv4().ToString()) : address.ToString();
    }

    /// <summary>The session as written to records; <see langword="null"/> if unknown.</summary>
    public string? SessionOf(HttpContext context)
    {
        string? id = _options.SessionId is { } ask ? _details.Read("AuditAspNetCoreOptions.SessionId", (ask, context), static state => state.ask(state.context)) : null;
        id ??= _details.Read("The session", context, SessionIdOf);
        return id is null ? null : NameOf(id);
    }

    /// <summary>A session id as written to records: its digest, unless the options say otherwise.</summary>
    public string NameOf(string sessionId)
    {
        if (!_options.HashesSessionIds) return sessionId;
        // Cached: a request that changes a hundred rows asks a hundred times.
        if (_lastName is { } last && last.Id == sessionId) return last.Digest;
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)).AsSpan(0, DigestBytes));
        _lastName = new SessionName(sessionId, digest);
        return digest;
    }

    // The session that began with the sign-in, or else the one that an OpenID provider put into the ticket.
    private static string? SessionIdOf(HttpContext context) =>
        context.Features.Get<SecurityFacts>()?.SessionId ?? context.Features.Get<IHttpAuthenticationFeature>()?.User?.FindFirst("sid")?.Value;

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
