using Npgsql;
using NpgsqlTypes;

namespace EzAudit.PostgreSql.Text;

/// <summary>Converts times to PostgreSQL's whole microseconds since 2000 and a rest, and back. The driver would turn the first and the last time of .NET into infinity.</summary>
internal static class StoreTime
{
    /// <summary>PostgreSQL's infinite past and future.</summary>
    public const long Past = long.MinValue;
    public const long Future = long.MaxValue;

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>The microseconds, rounded towards the past.</summary>
    public static long MicrosecondsOf(DateTimeOffset time) => (time.UtcTicks - TickOf(time) - Epoch) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The rest, in units of 100 nanoseconds.</summary>
    public static short TickOf(DateTimeOffset time) => (short)(time.UtcTicks % TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset Of(long microseconds, short tick) => new((microseconds * TimeSpan.TicksPerMicrosecond) + tick + Epoch, TimeSpan.Zero);

    public static NpgsqlParameter Parameter(DateTimeOffset time) => Parameter(MicrosecondsOf(time));

    public static NpgsqlParameter Parameter(long microseconds) => new() { Value = microseconds, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
