using EzAudit.Storage;

namespace EzAudit.Writing.Building;

/// <summary>Ends a writer: stores what is left, records losses and the stop, and closes the files, within a time limit.</summary>
internal sealed class WriterClosing(WriterOptions options, WriterServices services, LiveSettings settings, OwnRecords own)
{
    private static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isEnding;
    private int _closer;
    private int _isClosed;

    public required Delivery Delivery { get; init; }

    public required SpaceWatch Space { get; init; }

    /// <summary>Whether the writer is closed or being closed, and accepts no more calls.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>Whether audit-stop was recorded although records may still follow.</summary>
    public bool IsEnding => _isEnding;

    /// <summary>Closes the writer. A later call waits until the first has finished.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) Report(Errand.RunAll([("closing", CloseOnce)], Bound));
        // Unless this thread is the one closing: a target that is being closed may dispose its writer.
        else if (Volatile.Read(ref _closer) != Environment.CurrentManagedThreadId) _closed.Task.Wait(Bound);
    }

    public ValueTask CloseAsync() =>
        // A dedicated thread: waiting for a disk must not occupy one of the pool.
        _closed.Task.IsCompleted
            ? ValueTask.CompletedTask
            : new ValueTask(Task.Factory.StartNew(Close, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));

    /// <summary>Does what closing does at the end of a process, but still accepts records, which reach the operating system before their calls return.</summary>
    /// <param name="patience">The time limit for all of it.</param>
    public void PrepareForExit(TimeSpan patience)
    {
        if (IsClosed) return;
        void End()
        {
            RouteTable table = settings.Table;
            table.EndQueues();
            WriteLastRecords(table, patience / 2);
            _isEnding = true;
            own.Stopped(table);
            Report(table.Flush(patience / 2));
            foreach (OpenSealer open in services.Sealers.Open)
            {
                open.Sealer.SignNow(isLast: true);
                open.Anchors.PublishNow(patience / 2);
            }
        }
        Report(Errand.RunAll([("the end", End)], patience));
    }

    private void CloseOnce()
    {
        Volatile.Write(ref _closer, Environment.CurrentManagedThreadId);
        try
        {
            settings.Dispose();
            Space.Dispose();
            RouteTable table = settings.Table;
            WriteLastRecords(table, StepPatience);
            int stopped = 0;
            void Stop()
            {
                if (Interlocked.Exchange(ref stopped, 1) == 0) own.Stopped(table);
            }
            table.Close(Stop);
            // A call that never returns keeps the targets open; audit-stop is recorded nevertheless.
            if (!table.WaitUntilClosed(StepPatience)) Stop();
            services.Dispose();
        }
        finally
        {
            _closed.TrySetResult();
        }
    }

    private void WriteLastRecords(RouteTable table, TimeSpan patience)
    {
        table.DrainQueues(patience);
        own.FilesChanged(settings.Table, services.Changes);
        foreach (Route route in table.Routes) Delivery.RecordLosses(table, route, options.TimeProvider.GetUtcNow(), options.HostName);
    }

    private void Report(IReadOnlyList<Exception> failures)
    {
        foreach (Exception failure in failures) options.Diagnostics.Report("end", failure.Message);
    }
}
