using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Text;

/// <summary>Converts times to PostgreSQL's whole microseconds since 2000. The driver would turn the first and the last time of .NET into infinity.</summary>
internal static class StoreTime
{
    /// <summary>PostgreSQL's infinite past and future.</summary>
    public const long Past = long.MinValue;
    public const long Future = long.MaxValue;

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>The microseconds, rounded towards the past.</summary>
    public static long MicrosecondsOf(DateTimeOffset time) => (time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond) - Epoch) / TimeSpan.TicksPerMicrosecond;

    public static NpgsqlParameter Parameter(DateTimeOffset time) => Parameter(MicrosecondsOf(time));

    public static NpgsqlParameter Parameter(IEnumerable<DateTimeOffset> times) =>
        new() { Value = times.Select(MicrosecondsOf).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Parameter(long microseconds) => new() { Value = microseconds, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
