using System.Net;
using System.Security.Claims;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace EzAudit.AspNetCore.Security;

/// <summary>
/// The current actor, address and session of a request, including changes by authentication and the middleware for forwarded headers.
/// Work that outlives the request sees their last values.
/// </summary>
/// <remarks>
/// Every access takes a lock: the server reuses an <see cref="HttpContext"/> for the next request, so it must not be read during or after
/// its end. Allocated for each request, so it is small: one field holds the reading of the settings and, after the end, the last address and
/// session, or the address alone if there is no session. Uses features, because the context's own properties would create missing ones.
/// </remarks>
internal sealed class RequestOrigin(HttpContext context, OriginReader reader, AuditSettingsReading reading) : IAuditOrigin
{
    private HttpContext? _context = context;
    private ClaimsPrincipal? _user;
    private AuditActor? _actor;
    private object? _readingOrLast = reading;

    /// <summary>The request, until it ends. Only for code that the request awaits.</summary>
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

    /// <summary>The settings as they were when the request came in; <see langword="null"/> after it has ended.</summary>
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

    /// <summary>For a recorded request: canceled when the client disconnects. Timeout middleware replaces the request's own token.</summary>
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

    /// <summary>Keeps the last known values and releases the request.</summary>
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
                // Any exception: the application's code provides the session. Every record of the request hit the same exception, and the writer reported
                // it. Values read before it are kept.
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
