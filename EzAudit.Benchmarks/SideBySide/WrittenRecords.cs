using System.Buffers.Text;
using System.Collections;
using System.Globalization;
using System.Text;
using NodaTime;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>Reads back what a run wrote and checks that every record is there once, whole, in its file, with a time within the run.</summary>
internal sealed class WrittenRecords(int threads, int recordsPerThread, Instant start, Instant end)
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb.GetSystemDefault();
    // Loggers and the kernel's coarse clock lag by some milliseconds.
    private static readonly Duration Lag = Duration.FromMilliseconds(100);

    private readonly BitArray[] _seen = [.. Enumerable.Range(0, threads).Select(_ => new BitArray(recordsPerThread))];
    private readonly byte[] _time = new byte[SampleRecord.TimeLength];

    /// <exception cref="InvalidDataException">A record is missing, damaged, duplicated or in the wrong file.</exception>
    public void Check(string directory)
    {
        long found = 0;
        // Hidden directories hold locks, not records.
        foreach (string path in Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true }))
        {
            int file = SampleRecord.FileOf(Path.GetFileName(path));
            if (file >= 0) found += CheckFile(path, file);
        }
        long wanted = (long)threads * recordsPerThread;
        if (found != wanted) throw new InvalidDataException($"{directory}: found {found} records, expected {wanted}.");
    }

    private int CheckFile(string path, int file)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        ReadOnlySpan<byte> rest = bytes;
        int count = 0;
        for (; !rest.IsEmpty; count++)
        {
            int at = bytes.Length - rest.Length;
            bool whole = TrySkip(ref rest, SampleRecord.BeforeTime)
                & TrySkipTime(ref rest)
                & TrySkip(ref rest, SampleRecord.BeforeNumber)
                & TrySkipNumber(ref rest, out int number)
                & TrySkip(ref rest, SampleRecord.BeforeThread)
                & TrySkipNumber(ref rest, out int thread)
                & TrySkip(ref rest, SampleRecord.AfterThread);
            if (!whole) throw new InvalidDataException($"{path}: the record at byte {at} is not one that was written: {Shown(bytes[at..])}");
            if (thread >= threads || number >= recordsPerThread || SampleRecord.FileOf(thread, number) != file || _seen[thread][number])
                throw new InvalidDataException($"{path}: record {number} of thread {thread} at byte {at} is a duplicate or in the wrong file.");
            _seen[thread][number] = true;
        }
        return count;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> wanted)
    {
        if (!rest.StartsWith(wanted)) return false;
        rest = rest[wanted.Length..];
        return true;
    }

    private static bool TrySkipNumber(ref ReadOnlySpan<byte> rest, out int number)
    {
        if (!Utf8Parser.TryParse(rest, out number, out int length) || number < 0) return false;
        rest = rest[length..];
        return true;
    }

    // Thousands of records share a second, so it is parsed only once.
    private bool TrySkipTime(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < _time.Length) return false;
        ReadOnlySpan<byte> time = rest[.._time.Length];
        if (!time.SequenceEqual(_time))
        {
            string text = Encoding.ASCII.GetString(time);
            if (!DateTime.TryParseExact(text, SampleRecord.TimePattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)) return false;
            Instant instant = LocalDateTime.FromDateTime(local).InZoneLeniently(Zone).ToInstant();
            // Records name whole seconds, so the first ones may name the second in which the lagging clock still was.
            if (instant.ToUnixTimeSeconds() < (start - Lag).ToUnixTimeSeconds() || instant > end) return false;
            time.CopyTo(_time);
        }
        rest = rest[_time.Length..];
        return true;
    }

    private static string Shown(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 200)]);
}
