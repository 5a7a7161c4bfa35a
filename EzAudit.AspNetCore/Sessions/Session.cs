using EzAudit.Records;
using NodaTime;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>One session: whose it is, from where it began, and when it was used last.</summary>
internal sealed class Session(string id, string writtenId, AuditActor user, string? address, Instant started)
{
    private long _lastUsed = started.ToUnixTimeTicks();

    public string Id => id;

    public AuditActor User => user;

    /// <summary>The id as records have it.</summary>
    public string WrittenId => writtenId;

    public Instant LastUsed => Instant.FromUnixTimeTicks(Volatile.Read(ref _lastUsed));

    /// <summary>When the ticket runs out; <see langword="null"/> when it does not.</summary>
    public Instant? Expires { get; set; }

    public TimeSpan IdleAt(Instant now) => (now - LastUsed).ToTimeSpan();

    public TimeSpan DurationAt(Instant now) => (now - started).ToTimeSpan();

    public void Touch(Instant now) => Volatile.Write(ref _lastUsed, now.ToUnixTimeTicks());

    public bool HasTimedOut(Instant now, TimeSpan idleTimeout) => IdleAt(now) >= idleTimeout || now >= Expires;

    /// <summary>Says that its user acts, where no request does: a session times out by itself.</summary>
    public IDisposable Use() => AuditContext.Use(user, address, writtenId);
}
