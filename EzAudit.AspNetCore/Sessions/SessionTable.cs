using System.Collections.Concurrent;
using EzAudit.AspNetCore.Security;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using NodaTime;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>Keeps the sessions of this process and records their beginning and end.</summary>
internal sealed class SessionTable(SecurityTrail trail, OriginReader reader, IOptions<AuditSessionOptions> options, ObservedTrail observed)
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    public int Count => _sessions.Count;

    public Session? Find(string? id) => id is not null && _sessions.TryGetValue(id, out Session? session) ? session : null;

    /// <summary>Records the beginning of a session and adds it, unless another request just did.</summary>
    /// <exception cref="AuditWriteException">The record could not be written; the session is not added.</exception>
    public async ValueTask<Session> BeginAsync(string id, AuditActor user, HttpContext context, DateTimeOffset? expires)
    {
        await MakeRoomAsync().ConfigureAwait(false);
        var session = new Session(id, reader.NameOf(id), user, reader.TextOf(context.Connection.RemoteIpAddress), observed.Now) { Expires = InstantOf(expires) };
        if (!_sessions.TryAdd(id, session)) return Find(id) ?? session;
        try
        {
            await WriteAsync(session, "session-start", session.WrittenId, (string?)context.Request.Headers.UserAgent).ConfigureAwait(false);
        }
        catch
        {
            _sessions.TryRemove(id, out _);
            throw;
        }
        return session;
    }

    /// <summary>Notes that a session was used.</summary>
    public ValueTask<bool> TouchAsync(Session session, DateTimeOffset? expires)
    {
        session.Touch(observed.Now);
        session.Expires = InstantOf(expires);
        return WriteAsync(session, "session-use", session.WrittenId);
    }

    /// <summary>Notes that a client kept its session alive.</summary>
    public ValueTask<bool> PingAsync(Session session) => WriteAsync(session, "session-ping", session.WrittenId);

    /// <summary>Ends a session, if it has not ended yet, and records that.</summary>
    public ValueTask<bool> EndAsync(string? id, string reason) =>
        id is null || !_sessions.TryRemove(id, out Session? session) ? ValueTask.FromResult(false) : RecordEndAsync(session, reason, observed.Now);

    /// <summary>Ends sessions that have timed out. If a record cannot be written, throws and keeps those sessions for the next sweep.</summary>
    public async Task SweepAsync()
    {
        Instant now = observed.Now;
        foreach (Session session in _sessions.Values.Where(session => session.HasTimedOut(now, options.Value.IdleTimeout)))
        {
            if (!_sessions.TryRemove(session.Id, out _)) continue;
            await RestoringAsync(session, async () =>
            {
                await trail.WriteAsync("session-timeout", session.WrittenId, session.IdleAt(now)).ConfigureAwait(false);
                await RecordEndAsync(session, "timeout", now).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
    }

    /// <summary>Ends all sessions, because the process that tracks them is stopping.</summary>
    public async Task EndAllAsync()
    {
        Instant now = observed.Now;
        foreach (Session session in _sessions.Values)
        {
            if (_sessions.TryRemove(session.Id, out _)) await RestoringAsync(session, () => RecordEndAsync(session, "shutdown", now).AsTask()).ConfigureAwait(false);
        }
    }

    private async ValueTask MakeRoomAsync()
    {
        int most = options.Value.MaxSessions;
        if (_sessions.Count < most) return;
        Instant now = observed.Now;
        // Evict several at once, so that the next sign-ins need not scan the table again.
        foreach (Session session in _sessions.Values.OrderBy(session => session.LastUsed).Take(1 + most / 100))
        {
            if (_sessions.TryRemove(session.Id, out _)) await RestoringAsync(session, () => RecordEndAsync(session, "forgotten", now).AsTask()).ConfigureAwait(false);
        }
    }

    private async Task RestoringAsync(Session session, Func<Task> record)
    {
        try
        {
            using (session.Use()) await record().ConfigureAwait(false);
        }
        catch
        {
            _sessions.TryAdd(session.Id, session);
            throw;
        }
    }

    private ValueTask<bool> RecordEndAsync(Session session, string reason, Instant now) =>
        WriteAsync(session, "session-end", session.WrittenId, reason, session.DurationAt(now));

    // While a ticket is being examined, the request has no user yet: the session's user is the actor.
    private ValueTask<bool> WriteAsync(Session session, string function, params ReadOnlySpan<object?> values)
    {
        if (AuditContext.Origin is not { Actor: null } origin || !trail.Writes(function)) return trail.WriteAsync(function, values);
        // The record is made before the call returns; only the disk write is awaited.
        return trail.WriteAsync(new AuditOrigin(session.User, origin.Address, session.WrittenId, origin.Trace), function, values);
    }

    private static Instant? InstantOf(DateTimeOffset? time) => time is { } known ? Instant.FromDateTimeOffset(known) : null;
}
