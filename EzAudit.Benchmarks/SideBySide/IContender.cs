namespace EzAudit.Benchmarks.SideBySide;

/// <summary>Something that writes the records of <see cref="SampleRecord"/> to ten files. Used by many threads at once.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Writes one record. A thread writes its own numbers only, in order.</summary>
    void Write(int file, int thread, int number);

    /// <summary>Returns when everything written so far is with the operating system. Nothing is written afterwards.</summary>
    void Drain();
}
