namespace EzAudit.Reading.Scanning;

/// <summary>Runs work on several threads and gives the results in the order in which the work was given out.</summary>
internal static class OrderedWork
{
    /// <summary>
    /// Runs ahead of whoever takes the results, the farther the more are taken, so that who wants only a few does not pay for many.
    /// Whoever stops early waits for what is still running, as that uses files that are closed next.
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
                // Before the result is looked at: the other threads shall not wait for that.
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
