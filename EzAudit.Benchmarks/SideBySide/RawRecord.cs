using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>One thread's record in a reused buffer: the time is written once a second, the number every time.</summary>
internal sealed class RawRecord
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb.GetSystemDefault();

    private readonly byte[] _bytes = new byte[256];
    private readonly byte[] _tail;
    private readonly int _numberAt;
    private long _second = -1;

    public RawRecord(int thread)
    {
        _tail = [.. SampleRecord.BeforeThread, .. Encoding.UTF8.GetBytes(thread.ToString(CultureInfo.InvariantCulture)), .. SampleRecord.AfterThread];
        SampleRecord.BeforeTime.CopyTo(_bytes);
        int timeEnd = SampleRecord.BeforeTime.Length + SampleRecord.TimeLength;
        SampleRecord.BeforeNumber.CopyTo(_bytes.AsSpan(timeEnd));
        _numberAt = timeEnd + SampleRecord.BeforeNumber.Length;
    }

    public ReadOnlySpan<byte> Format(int number)
    {
        long now = Libc.Time(0);
        if (now != _second) SetTime(now);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_numberAt), out int digits);
        _tail.CopyTo(_bytes, _numberAt + digits);
        return _bytes.AsSpan(0, _numberAt + digits + _tail.Length);
    }

    private void SetTime(long second)
    {
        _second = second;
        DateTime local = Instant.FromUnixTimeSeconds(second).InZone(Zone).ToDateTimeUnspecified();
        Encoding.ASCII.GetBytes(local.ToString(SampleRecord.TimePattern, CultureInfo.InvariantCulture), _bytes.AsSpan(SampleRecord.BeforeTime.Length));
    }
}
