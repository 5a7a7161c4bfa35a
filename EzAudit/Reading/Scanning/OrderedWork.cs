namespace EzAudit.Reading.Scanning;

/// <summary>Runs work on several threads and returns the results in the order of the work.</summary>
internal static class OrderedWork
{
    /// <summary>
    /// Runs ahead of the consumer, and farther the more it takes, so that a consumer of few results does not pay for many.
    /// A consumer that stops early waits for the work still running, because that uses files that are closed next.
    /// </summary>
    public static IEnumerable<T> Run<T>(IEnumerable<Func<T>> work)
    {
        int most = Environment.ProcessorCount * 2;
        int ahead = 1;
        var running = new Queue<Task<T>>();
        using IEnumerator<Func<T>> next = work.GetEnumerator();
        try
        {
            while (true)
            {
                while (running.Count < ahead && next.MoveNext()) running.Enqueue(Task.Run(next.Current));
                if (!running.TryPeek(out Task<T>? first)) yield break;
                T result = first.GetAwaiter().GetResult();
                running.Dequeue();
                ahead = Math.Min(ahead + 1, most);
                // Before the result is used: the other threads must not wait for that.
                while (running.Count < ahead && next.MoveNext()) running.Enqueue(Task.Run(next.Current));
                yield return result;
            }
        }
        finally
        {
            foreach (Task<T> task in running) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }
    }
}
