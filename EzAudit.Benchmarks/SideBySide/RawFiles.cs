namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The ten files as plain O_APPEND descriptors, shared by all threads.</summary>
internal sealed class RawFiles : IDisposable
{
    private readonly int[] _descriptors = new int[SampleRecord.Functions.Length];

    public RawFiles(string directory)
    {
        for (int file = 0; file < _descriptors.Length; file++)
        {
            string path = Path.Combine(directory, SampleRecord.FileName(file));
            _descriptors[file] = Libc.Open(path, Libc.AppendOnly, Convert.ToInt32("644", 8));
            if (_descriptors[file] < 0) throw new IOException($"{path} could not be opened.");
        }
    }

    public unsafe void Append(int file, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint written = Libc.Write(_descriptors[file], start, (nuint)bytes.Length);
            if (written != bytes.Length) throw new IOException("write(2) did not write the whole record.");
        }
    }

    public void Sync(int file)
    {
        if (Libc.SyncData(_descriptors[file]) != 0) throw new IOException("fdatasync(2) failed.");
    }

    public void Dispose()
    {
        foreach (int descriptor in _descriptors) _ = Libc.Close(descriptor);
    }
}
