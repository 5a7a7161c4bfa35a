namespace EzAudit.Sealing.Verifying;

/// <summary>Works on items with several threads, and returns the results in the order of the items.</summary>
internal static class OrderedParts
{
    private const int WaitingPerThread = 3;

    /// <param name="items">The items.</param>
    /// <param name="work">The work on one item; thread-safe.</param>
    /// <param name="threads">How many items are worked on at a time. With one, all runs on the thread of the caller.</param>
    public static IEnumerable<TResult> Map<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int threads)
    {
        if (threads == 1)
        {
            foreach (TItem item in items) yield return work(item);
            yield break;
        }
        var factory = new TaskFactory(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler);
        var running = new Queue<Task<TResult>>();
        using IEnumerator<TItem> next = items.GetEnumerator();
        try
        {
            while (true)
            {
                // More than run at a time: no thread waits while the oldest item takes long.
                while (running.Count < threads * WaitingPerThread && next.MoveNext())
                {
                    TItem item = next.Current;
                    running.Enqueue(factory.StartNew(() => work(item)));
                }
                if (running.Count == 0) yield break;
                yield return running.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            // They use files that the caller closes next.
            foreach (Task<TResult> task in running) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }
    }
}
