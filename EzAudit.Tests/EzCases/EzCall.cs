using System.Text.Json;
using EzAudit.Records;
using NodaTime.Text;
using NodaTime;

namespace EzAudit.Tests.EzCases;

/// <summary>One call of a recorded run: function, fields, actor, time and address.</summary>
internal sealed record EzCall(
    string Function, AuditActor? Actor, string? Address, string HostName, Instant Time, IReadOnlyList<AuditField> Fields)
{
    private static readonly Instant UsualTime = Instant.FromUtc(2007, 5, 23, 14, 47, 58);

    public static EzCall Read(JsonElement call) => new(
        call.GetProperty("function").GetString()!,
        call.TryGetProperty("user", out JsonElement user) ? new AuditActor(PhpText(user.GetProperty("name")), PhpText(user.GetProperty("id"))) : null,
        call.TryGetProperty("ip", out JsonElement ip) ? ip.GetString() : null,
        call.TryGetProperty("hostname", out JsonElement hostName) ? hostName.GetString() ?? "" : "",
        call.TryGetProperty("time", out JsonElement time) ? InstantPattern.General.Parse(time.GetString()!).Value : UsualTime,
        call.GetProperty("fields").EnumerateArray().Select(field => Field(PhpText(field[0]), field[1])).ToList());

    private static AuditField Field(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => (name, value.GetString()),
        JsonValueKind.Number when value.TryGetInt64(out long number) => (name, number),
        JsonValueKind.Number => (name, value.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => (name, value.GetBoolean()),
        JsonValueKind.Null => (name, (string?)null),
        _ => throw new NotSupportedException($"Found the field value {value}, expected a text, a number, true, false or null."),
    };

    // PHP turns null and false into the empty string.
    private static string PhpText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
