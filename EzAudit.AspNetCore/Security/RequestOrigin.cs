using System.Net;
using System.Security.Claims;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace EzAudit.AspNetCore.Security;

/// <summary>
/// Who makes a request and from where, as the request knows it now: authentication and the middleware for forwarded headers may have come
/// in between. Work that outlives the request is told what was known at its end.
/// </summary>
/// <remarks>
/// Everything is read and written under a lock: the server uses an <see cref="HttpContext"/> again for the next request, so nobody may read
/// from it while or after it ends. Made for each request, so it is small: one field holds the reading of the settings, and at the end what was
/// known then, which is the address alone where there is no session. Features instead of the context's own properties, because those make what is missing.
/// </remarks>
internal sealed class RequestOrigin(HttpContext context, OriginReader reader, AuditSettingsReading reading) : IAuditOrigin
{
    private HttpContext? _context = context;
    private ClaimsPrincipal? _user;
    private AuditActor? _actor;
    private object? _readingOrLast = reading;

    /// <summary>The request, while it lasts. Only for code that it is waiting for.</summary>
    public HttpContext? Request
    {
        get
        {
            lock (this)
            {
                return _context;
            }
        }
    }

    /// <summary>What the settings said when the request came in; <see langword="null"/> when it has ended.</summary>
    public AuditSettingsReading? Reading
    {
        get
        {
            lock (this)
            {
                return _readingOrLast as AuditSettingsReading;
            }
        }
    }

    /// <summary>Is canceled when the client goes away, of a request that is recorded. Middleware for timeouts puts another token into the request.</summary>
    public CancellationToken Aborted { get; set; }

    public AuditActor? Actor
    {
        get
        {
            lock (this)
            {
                ReadUser();
                return _actor;
            }
        }
    }

    public string? Address
    {
        get
        {
            lock (this)
            {
                return reader.TextOf(_context is null ? (_readingOrLast as Last)?.Address ?? _readingOrLast as IPAddress : AddressNow(_context));
            }
        }
    }

    public string? Session
    {
        get
        {
            lock (this)
            {
                return _context is null ? (_readingOrLast as Last)?.Session : reader.SessionOf(_context);
            }
        }
    }

    public string? Trace
    {
        get
        {
            if (TraceId.OfFlow is { } trace) return trace;
            lock (this)
            {
                return _context?.TraceIdentifier;
            }
        }
    }

    /// <summary>Keeps what is known now, and lets go of the request.</summary>
    public void End()
    {
        lock (this)
        {
            if (_context is null) return;
            HttpContext ended = _context;
            _readingOrLast = null;
            try
            {
                ReadUser();
                IPAddress? address = AddressNow(ended);
                _readingOrLast = address;
                if (reader.SessionOf(ended) is { } session) _readingOrLast = new Last(address, session);
            }
            catch (Exception)
            {
                // Any exception: it is the application's code that tells the session. Every record of the request has met it, and the writer has
                // reported it; what was known before it is kept.
            }
            finally
            {
                _context = null;
            }
        }
    }

    private void ReadUser()
    {
        if (_context is null) return;
        ClaimsPrincipal? user = _context.Features.Get<IHttpAuthenticationFeature>()?.User;
        if (ReferenceEquals(user, _user)) return;
        _actor = reader.ActorOf(user);
        _user = user;
    }

    private static IPAddress? AddressNow(HttpContext context) => context.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;

    private sealed record Last(IPAddress? Address, string Session);
}
