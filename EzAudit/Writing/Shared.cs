namespace EzAudit.Writing;

/// <summary>
/// What several tables share, such as open log files. If a reload leaves everything about one unchanged, the new table continues with it:
/// otherwise each reload would hold a second descriptor for every file until its last caller has left. Thread-safe.
/// </summary>
/// <typeparam name="TKey">Everything the settings say about it: tables with equal keys share it.</typeparam>
/// <typeparam name="TItem">What is shared.</typeparam>
/// <param name="close">Closes one after its last user; may wait for the disk.</param>
internal sealed class Shared<TKey, TItem>(Action<TItem> close) where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, (TItem Item, int Users)> _items = [];

    /// <summary>Those that are open at the moment.</summary>
    public IReadOnlyList<TItem> Open
    {
        get
        {
            lock (_gate) return [.. _items.Values.Select(shared => shared.Item)];
        }
    }

    /// <summary>Whether the item is open.</summary>
    public bool Contains(TKey key)
    {
        lock (_gate) return _items.ContainsKey(key);
    }

    /// <summary>Returns the item, opening it if necessary.</summary>
    /// <param name="key">The key.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="use">Keeps it open until it is disposed.</param>
    public TItem Rent(TKey key, Func<TItem> open, out IDisposable use)
    {
        lock (_gate)
        {
            var (item, users) = _items.TryGetValue(key, out var shared) ? shared : (open(), 0);
            _items[key] = (item, users + 1);
            use = new Use(this, key);
            return item;
        }
    }

    private void Release(TKey key)
    {
        TItem item;
        lock (_gate)
        {
            (item, int users) = _items[key];
            if (users > 1)
            {
                _items[key] = (item, users - 1);
                return;
            }
            _items.Remove(key);
        }
        // Outside the lock, because it waits for the disk.
        close(item);
    }

    private sealed class Use(Shared<TKey, TItem> owner, TKey key) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isOver, true)) owner.Release(key);
        }
    }
}
