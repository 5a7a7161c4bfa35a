using System.Collections.Concurrent;
using System.Net;
using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Context;
using EzAudit.Plugins;
using EzAudit.Records;
using Microsoft.Extensions.Options;
using NodaTime;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>The sessions of this process, and the records of their beginning and end.</summary>
internal sealed class SessionTable(SecurityTrail trail, OriginReader reader, IOptions<AuditSessionOptions> options, IClock clock)
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    public int Count => _sessions.Count;

    public Session? Find(string? id) => id is not null && _sessions.TryGetValue(id, out Session? session) ? session : null;

    /// <summary>Puts the beginning of a session on record and takes it up; not when somebody else just did.</summary>
    /// <exception cref="AuditWriteException">It is not on record, and not taken up.</exception>
    public Session Begin(string id, AuditActor user, IPAddress? address, string? userAgent, DateTimeOffset? expires)
    {
        MakeRoom();
        var session = new Session(id, reader.NameOf(id), user, reader.TextOf(address), clock.GetCurrentInstant()) { Expires = InstantOf(expires) };
        if (!_sessions.TryAdd(id, session)) return Find(id) ?? session;
        try
        {
            trail.Write("session-start", () => SessionAudit.Start(session.WrittenId, userAgent));
        }
        catch
        {
            _sessions.TryRemove(id, out _);
            throw;
        }
        return session;
    }

    /// <summary>Notes that a session was used.</summary>
    public void Touch(Session session, DateTimeOffset? expires)
    {
        session.Touch(clock.GetCurrentInstant());
        session.Expires = InstantOf(expires);
        if (trail.Writes("session-use")) trail.Write("session-use", () => SessionAudit.Use(session.WrittenId));
    }

    /// <summary>Notes that a client kept its session alive.</summary>
    public void Ping(Session session) => trail.Write("session-ping", () => SessionAudit.Ping(session.WrittenId));

    /// <summary>Ends a session, if it is not over yet, and puts that on record.</summary>
    public void End(string? id, string reason)
    {
        if (id is null || !_sessions.TryRemove(id, out Session? session)) return;
        RecordEnd(session, reason, clock.GetCurrentInstant());
    }

    /// <summary>Ends what has timed out. Throws what the records throw; those sessions stay, for the next sweep.</summary>
    public void Sweep()
    {
        Instant now = clock.GetCurrentInstant();
        foreach (Session session in _sessions.Values.Where(session => session.HasTimedOut(now, options.Value.IdleTimeout)))
        {
            if (!_sessions.TryRemove(session.Id, out _)) continue;
            Restoring(session, () =>
            {
                trail.Write("session-timeout", () => SessionAudit.Timeout(session.WrittenId, session.IdleAt(now)));
                RecordEnd(session, "timeout", now);
            });
        }
    }

    /// <summary>Ends all sessions: this process, which knows them, ends.</summary>
    public void EndAll()
    {
        Instant now = clock.GetCurrentInstant();
        foreach (Session session in _sessions.Values)
        {
            if (_sessions.TryRemove(session.Id, out _)) Restoring(session, () => RecordEnd(session, "shutdown", now));
        }
    }

    private void MakeRoom()
    {
        int most = options.Value.MaxSessions;
        if (_sessions.Count < most) return;
        Instant now = clock.GetCurrentInstant();
        // Some at once, so that not each of the next sign-ins looks through all.
        foreach (Session session in _sessions.Values.OrderBy(session => session.LastUsed).Take(1 + most / 100))
        {
            if (_sessions.TryRemove(session.Id, out _)) Restoring(session, () => RecordEnd(session, "forgotten", now));
        }
    }

    private void Restoring(Session session, Action record)
    {
        try
        {
            using (session.Use()) record();
        }
        catch
        {
            _sessions.TryAdd(session.Id, session);
            throw;
        }
    }

    private void RecordEnd(Session session, string reason, Instant now) =>
        trail.Write("session-end", () => SessionAudit.End(session.WrittenId, reason, session.DurationAt(now)));

    private static Instant? InstantOf(DateTimeOffset? time) => time is { } known ? Instant.FromDateTimeOffset(known) : null;
}
