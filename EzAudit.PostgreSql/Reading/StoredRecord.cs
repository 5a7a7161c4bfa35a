using System.Text;
using System.Text.Json;
using EzAudit.PostgreSql.Text;
using EzAudit.Records;
using Npgsql;

namespace EzAudit.PostgreSql.Reading;

/// <summary>A row of the store as it is read. Immutable.</summary>
/// <param name="Key">Its place in the order of the store.</param>
/// <param name="Record">The record.</param>
/// <param name="Bytes">Its bytes in the format of the target that sent it.</param>
internal sealed record StoredRecord(StoredKey Key, AuditRecord Record, byte[] Bytes)
{
    /// <summary>The columns, in the order in which <see cref="Read"/> reads them.</summary>
    public const string Columns = "time, ticks, run, number, function, login, actor_id, address, session, trace, fields::text, bytes";

    public static StoredRecord Read(NpgsqlDataReader reader)
    {
        var key = new StoredKey(reader.GetFieldValue<long>(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt64(3));
        var actor = new AuditActor(Text(reader, 5)!, Text(reader, 6)!);
        var record = new AuditRecord(
            new DateTimeOffset(key.Ticks, TimeSpan.Zero), Text(reader, 7)!, actor, Fields(reader.GetString(10)), Text(reader, 4), Text(reader, 8), Text(reader, 9));
        return new StoredRecord(key, record, reader.GetFieldValue<byte[]>(11));
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : StoreText.Decode(reader.GetString(column));

    // [{"name": "value"}, ...]
    private static AuditField[] Fields(string json)
    {
        var fields = new List<AuditField>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        string name = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName) name = StoreText.Decode(reader.GetString()!);
            else if (reader.TokenType == JsonTokenType.String) fields.Add(new AuditField(name, StoreText.Decode(reader.GetString()!)));
        }
        return [.. fields];
    }
}

/// <summary>The place of a record in the order of the store.</summary>
/// <param name="Time">The time in microseconds.</param>
/// <param name="Ticks">The exact time.</param>
/// <param name="Run">The run in the store.</param>
/// <param name="Number">The number in the run.</param>
internal readonly record struct StoredKey(long Time, long Ticks, int Run, long Number);
