namespace EzAudit.Reading;

/// <summary>A record in the middle of a file: where it begins and when it happened.</summary>
internal readonly record struct TimeSample(long Offset, long Ticks);
