using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Formats.Json;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.PostgreSql.Reading;

/// <summary>Records of hostile texts over the end of a month, many of them at the same time, and queries about them; the same seed gives the same.</summary>
internal static class SameRecords
{
    public static readonly DateTimeOffset Start = new(2026, 9, 20, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset MonthEnd = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private const int Days = 25;
    private const int MostHuge = 5;
    private const int HugeLength = 10_000;
    private static readonly string[] Hostile = [.. HostileTexts.All.Where(text => text.Length < HugeLength)];
    private static readonly string[] Huge = [.. HostileTexts.All.Where(text => text.Length >= HugeLength)];

    private static readonly string[] Functions =
        ["content-move", "content-edit", "user-login", "user-failed-login", "order_delete", "order-delete", "näher", "100%", "a*b", "UPPER-case", "\ud800-x"];

    private static readonly string[] Logins =
        ["editor", "admin", "admin:14", "14", "", "éditeur", "%_\\", new('x', 63), new('x', 64), new('x', 65), new string('x', 64) + "y", "😀", string.Concat(Enumerable.Repeat("😀", 40)), "a\0b"];

    private static readonly string[] Ids = ["14", "16", "", "14:16", "admin", new('9', 70)];

    private static readonly string[] Addresses =
    [
        "10.0.0.7", "::ffff:10.0.0.7", "010.0.0.7", "10.0.1.7", "10.0.0.7 ", "2001:db8::1", "2001:DB8:0::1", "fe80::1%eth0", "[::1]:80", "web1", "", new('h', 63), new('h', 64), new('h', 65), "10.0.0.0/8",
    ];

    private static readonly string[] Names = ["Node ID", "Comment", "Outcome", "Status", "node id", "", "a:b", "\"", "\\u{0}", "é"];

    private static readonly string[] Words = ["124", "Moved the node", "moved THE node", "failed", "ok", "denied", "true", "É", "é", "ſ", "K", "k", "İ", "i", "100%_\\", "_", "%", "\\u{5c}", "  "];

    /// <summary>The records in the order of their times.</summary>
    public static IEnumerable<AuditEnvelope> Of(int count)
    {
        var random = new Random(14);
        long step = TimeSpan.TicksPerDay * Days / count;
        long ticks = Start.UtcTicks;
        for (int i = 0; i < count; i++)
        {
            long last = ticks;
            ticks += random.Next(6) switch { 0 or 1 => 0, 2 => random.Next(12), _ => step * random.Next(1, 3) };
            // One at the very end of the month, and one at the start of the next.
            if (last < MonthEnd.UtcTicks - 1 && ticks >= MonthEnd.UtcTicks) ticks = MonthEnd.UtcTicks - 1;
            else if (last == MonthEnd.UtcTicks - 1) ticks = MonthEnd.UtcTicks;
            yield return Envelope(random, i, new DateTimeOffset(ticks, TimeSpan.Zero));
        }
    }

    /// <summary>A query made up of all that a query has.</summary>
    /// <param name="seed">Which one.</param>
    /// <param name="isNarrow">Whether it asks for a part of the time only.</param>
    public static AuditQuery Query(int seed, bool isNarrow)
    {
        var random = new Random(seed);
        bool Chance(int percent) => random.Next(100) < percent;
        DateTimeOffset since = Moment(random);
        return new AuditQuery
        {
            Since = isNarrow || Chance(25) ? since : null,
            Until = isNarrow ? since + TimeSpan.FromHours(random.Next(1, 30)) : Chance(25) ? Moment(random) : null,
            Functions = Chance(25) ? Some(random, [.. Functions, "user-*", "*_delete", "order_*e", "*", "nothing", "*\ud800*", "1*%"]) : [],
            Actors = Chance(25) ? Some(random, [.. Logins, .. Ids, "admin:14", "editor:16", "admin:14:16", ":", ":14", "nobody"]) : [],
            Addresses = Chance(20) ? Some(random, [.. Addresses, "::FFFF:a00:7", "10.0.0.0/24", "2001:db8::/32", "::/0", "1.2.3.4"]) : [],
            Fields = [.. Enumerable.Range(0, Chance(40) ? random.Next(1, 3) : 0).Select(_ => Test(random))],
            Texts = Chance(30) ? [.. Some(random, [.. Words, .. Hostile, "Comm", "10.0", "admin"])] : [],
            IgnoreCase = Chance(30),
            Outcome = Chance(15) ? (AuditOutcome)random.Next(2) : null,
            OnlyCertain = Chance(10),
            ReadsAll = Chance(10),
        };
    }

    /// <summary>What a failure of a query says about it.</summary>
    public static string Describe(AuditQuery query) =>
        $"since {query.Since:O} until {query.Until:O} functions {Quote(query.Functions)} actors {Quote(query.Actors)} addresses {Quote(query.Addresses)} "
        + $"fields {Quote(query.Fields.Select(field => $"{field.Name} {field.Comparison} {field.Text}"))} texts {Quote(query.Texts)} {(query.IgnoreCase ? "-i " : "")}{query.Outcome}";

    private static AuditEnvelope Envelope(Random random, int index, DateTimeOffset time)
    {
        List<AuditField> fields = [("Node ID", random.Next(50)), ("Comment", random.Next(3) == 0 ? Pick(random, Hostile) : Pick(random, Words))];
        if (index % 3 == 0) fields.Add((Pick(random, Names), Pick(random, random.Next(2) == 0 ? Hostile : Words)));
        if (index % 7 == 0) fields.Add(("Outcome", Pick(random, ["failed", "ok", "Denied", "TRUE", "maybe", ""])));
        if (index % 4000 == 0 && index / 4000 < MostHuge) fields.Add(("Huge", Huge[index / 4000 % Huge.Length]));
        var definition = new AuditFunction { Name = Pick(random, Functions) };
        var actor = new AuditActor(random.Next(20) == 0 ? Pick(random, Hostile) : Pick(random, Logins), Pick(random, Ids));
        string address = random.Next(20) == 0 ? Pick(random, Hostile) : Pick(random, Addresses);
        var record = new AuditRecord(
            time, address, actor, [.. fields], definition.Name, random.Next(2) == 0 ? null : Pick(random, Hostile), random.Next(2) == 0 ? null : "trace");
        var output = new ArrayBufferWriter<byte>();
        new JsonFormat().Write(new AuditRecordView(definition, record.Time, record.Address, record.Actor, [.. fields], record.Session, record.Trace), output);
        return new AuditEnvelope(new AuditRecordId("web1/shop", "run1", index + 1), record, definition, output.WrittenMemory.ToArray());
    }

    private static AuditFieldTest Test(Random random)
    {
        var comparison = (AuditFieldComparison)random.Next(3);
        string text = comparison == AuditFieldComparison.Matches ? Pick(random, ["^[Mm]oved", "\\d+", "node$", "", "a|é", "^$"]) : random.Next(2) == 0 ? Pick(random, Hostile) : Pick(random, [.. Words, "7"]);
        return new AuditFieldTest(Pick(random, [.. Names, "Node ID", "Comment", "Comment"]), comparison, text);
    }

    // Times of records, the end of the month, and what is just beside them.
    private static DateTimeOffset Moment(Random random)
    {
        DateTimeOffset time = random.Next(4) == 0 ? MonthEnd : Start.AddTicks(random.NextInt64(TimeSpan.TicksPerDay * Days));
        return random.Next(3) == 0 ? time : time.AddTicks(random.Next(-11, 12));
    }

    private static string[] Some(Random random, string[] texts) => [.. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(2, 9) : 1).Select(_ => Pick(random, texts))];

    private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];

    private static string Quote(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(text => System.Text.Json.JsonSerializer.Serialize(text)))}]";
}
