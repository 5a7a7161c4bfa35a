using System.Security.Cryptography;
using EzAudit.Records;
using Microsoft.AspNetCore.Authentication;
using NodaTime;

namespace EzAudit.AspNetCore.Sessions;

/// <summary>One session: its user, the address where it began, and its last use.</summary>
internal sealed class Session(string id, string writtenId, AuditActor user, string? address, Instant started)
{
    private long _lastUsed = started.ToUnixTimeTicks();

    public string Id => id;

    public AuditActor User => user;

    /// <summary>The id as written to records.</summary>
    public string WrittenId => writtenId;

    public Instant LastUsed => Instant.FromUnixTimeTicks(Volatile.Read(ref _lastUsed));

    /// <summary>When the ticket expires; <see langword="null"/> if it does not.</summary>
    public Instant? Expires { get; set; }

    public TimeSpan IdleAt(Instant now) => (now - LastUsed).ToTimeSpan();

    public TimeSpan DurationAt(Instant now) => (now - started).ToTimeSpan();

    public void Touch(Instant now) => Volatile.Write(ref _lastUsed, now.ToUnixTimeTicks());

    public bool HasTimedOut(Instant now, TimeSpan idleTimeout) => IdleAt(now) >= idleTimeout || now >= Expires;

    /// <summary>Makes its user the actor of records written outside a request, such as when the session times out.</summary>
    public IDisposable Use() => AuditContext.Use(user, address, writtenId);
}

/// <summary>Creates session ids and stores them in tickets.</summary>
internal static class SessionId
{
    /// <summary>The item of a ticket's <see cref="AuthenticationProperties"/> that holds the id.</summary>
    public const string Entry = ".ezaudit.session";

    private const int Bytes = 16;

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    public static string? Of(AuthenticationProperties? properties) =>
        properties is not null && properties.Items.TryGetValue(Entry, out string? id) ? id : null;
}
