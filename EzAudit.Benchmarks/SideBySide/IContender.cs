namespace EzAudit.Benchmarks.SideBySide;

/// <summary>Writes the records of <see cref="SampleRecord"/> to ten files. Thread-safe.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Writes one record. Each thread writes only its own numbers, in order.</summary>
    void Write(int file, int thread, int number);

    /// <summary>Returns when the operating system has everything written so far. Nothing is written afterwards.</summary>
    void Drain();
}
