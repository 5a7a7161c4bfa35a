using System.Runtime.CompilerServices;

namespace EzAudit.Reading.Scanning;

/// <summary>Runs work on the thread pool and returns the results in the order of the work.</summary>
/// <remarks>
/// It runs ahead of the consumer, and farther the more the consumer takes, so that a consumer of few results does not pay for many.
/// A consumer that stops early waits for the work still running, because that uses files that are closed next.
/// </remarks>
internal sealed class OrderedWork<T>(IEnumerable<Func<T>> work)
{
    private static readonly int MaxAhead = Environment.ProcessorCount * 2;

    private readonly IEnumerator<Func<T>> _work = work.GetEnumerator();
    private readonly Queue<Task<T>> _running = new();
    private int _ahead = 1;

    /// <summary>The results; blocks until the next one is there.</summary>
    public IEnumerable<T> Run()
    {
        try
        {
            for (bool isRunning = Start(); isRunning;)
            {
                T result = _running.Peek().GetAwaiter().GetResult();
                // Before the result is used: the other threads must not wait for that.
                isRunning = StartNext();
                yield return result;
            }
        }
        finally
        {
            foreach (Task<T> task in _running) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            _work.Dispose();
        }
    }

    /// <summary>The results, without blocking a thread; work that itself must be read from a file is requested on the thread pool.</summary>
    public async IAsyncEnumerable<T> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Task<bool> start = Task.Run(Start, CancellationToken.None);
        try
        {
            while (await start.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                T result = await _running.Peek().WaitAsync(cancellationToken).ConfigureAwait(false);
                start = Task.Run(StartNext, CancellationToken.None);
                yield return result;
            }
        }
        finally
        {
            await ((Task)start).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (Task<T> task in _running) await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _work.Dispose();
        }
    }

    // False at the end.
    private bool Start()
    {
        while (_running.Count < _ahead && _work.MoveNext()) _running.Enqueue(Task.Run(_work.Current));
        return _running.Count > 0;
    }

    private bool StartNext()
    {
        _running.Dequeue();
        _ahead = Math.Min(_ahead + 1, MaxAhead);
        return Start();
    }
}
