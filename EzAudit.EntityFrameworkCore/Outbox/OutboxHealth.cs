using System.Globalization;
using System.Runtime.CompilerServices;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>The state of a writer's outboxes, reported as part of its health. Thread-safe.</summary>
internal sealed class OutboxHealth
{
    public const string Name = "EF Core outbox";

    // A live process on another host deletes its rows every few seconds or, without AddOutbox, once enough have piled up.
    private static readonly TimeSpan PatienceWithOthers = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly ConditionalWeakTable<AuditWriter, OutboxHealth> Known = [];
    private static readonly Lock Gate = new();

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Round> _rounds = new(StringComparer.Ordinal);
    private AuditHealthState _state;
    private DateTimeOffset _since;

    private OutboxHealth(TimeProvider clock) => (_clock, _since) = (clock, clock.GetUtcNow());

    /// <summary>The state of the writer's own rows; <see langword="null"/> until it has some.</summary>
    public OwnRows? Rows { get; set; }

    public static OutboxHealth Of(AuditWriter writer)
    {
        lock (Gate)
        {
            if (Known.TryGetValue(writer, out OutboxHealth? known)) return known;
            var health = new OutboxHealth(writer.TimeProvider);
            Known.Add(writer, health);
            writer.AddHealth(health.Read);
            return health;
        }
    }

    /// <summary>Notes that a round of moving rows starts.</summary>
    /// <param name="context">The context's name.</param>
    public void Moving(string context)
    {
        lock (_lock)
        {
            Round round = RoundOf(context);
            round.Began ??= _clock.GetUtcNow();
        }
    }

    /// <summary>Notes that the round succeeded.</summary>
    public void Moved(string context, ForeignRows foreign)
    {
        lock (_lock) _rounds[context] = new Round { Foreign = foreign };
    }

    /// <summary>Notes that the round failed.</summary>
    public void NotMoved(string context, Exception failure)
    {
        lock (_lock)
        {
            Round round = RoundOf(context);
            round.Began = null;
            round.FailedSince ??= _clock.GetUtcNow();
            round.Failure = $"{failure.GetType().Name}: {failure.Message}";
        }
    }

    public AuditTargetHealth Read()
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            IReadOnlyList<string> unwritten = Rows?.Unwritten ?? [];
            Trouble[] troubles = [.. OfRows(unwritten, now), .. _rounds.SelectMany(round => OfRound(round.Key, round.Value, now))];
            AuditHealthState state = troubles.Select(trouble => trouble.State).DefaultIfEmpty(AuditHealthState.Healthy).Max();
            if (state != _state) (_state, _since) = (state, troubles.Where(trouble => trouble.State == state).Select(trouble => trouble.Since).DefaultIfEmpty(now).Min());
            string? error = troubles.Length == 0 ? null : string.Join(' ', troubles.OrderByDescending(trouble => trouble.State).Select(trouble => trouble.Text));
            return new AuditTargetHealth { Target = Name, State = state, LastError = error, Since = _since, Failed = unwritten.Count };
        }
    }

    private static IEnumerable<Trouble> OfRows(IReadOnlyList<string> unwritten, DateTimeOffset now)
    {
        if (unwritten.Count == 0 || TimeOf(unwritten.Min(StringComparer.Ordinal)!) is not { } oldest || now - oldest <= Patience) yield break;
        yield return new Trouble(
            AuditHealthState.Blocked, oldest,
            string.Create(CultureInfo.InvariantCulture, $"Rows waiting in the database because their records could not be written to the log: {unwritten.Count}."));
    }

    private static IEnumerable<Trouble> OfRound(string context, Round round, DateTimeOffset now)
    {
        if (round.Failure is { } failure && round.FailedSince is { } failed)
            yield return new Trouble(AuditHealthState.Degraded, failed, $"{context}: rows could not be moved to the log: {failure}");
        if (round.Began is { } began && now - began > Patience)
            yield return new Trouble(AuditHealthState.Blocked, began, $"{context}: moving rows to the log has not finished. Look for locks in the database.");
        if (round.Foreign is { Oldest: { } id } foreign && TimeOf(id) is { } oldest && now - oldest > PatienceWithOthers)
            yield return new Trouble(
                AuditHealthState.Degraded, oldest,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{context}: rows that belong to another host or log directory, the oldest over an hour old: {foreign.Count}. Only a process there can move them."));
    }

    // Ids are version 7 UUIDs, which start with the Unix time in milliseconds.
    private static DateTimeOffset? TimeOf(string id) =>
        id.Length == 32 && long.TryParse(id.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    private Round RoundOf(string context)
    {
        if (!_rounds.TryGetValue(context, out Round? round)) _rounds.Add(context, round = new Round());
        return round;
    }

    /// <summary>What is known about the outbox of one context.</summary>
    private sealed class Round
    {
        public DateTimeOffset? Began { get; set; }

        public DateTimeOffset? FailedSince { get; set; }

        public string? Failure { get; set; }

        public ForeignRows Foreign { get; init; }
    }

    private readonly record struct Trouble(AuditHealthState State, DateTimeOffset Since, string Text);
}
