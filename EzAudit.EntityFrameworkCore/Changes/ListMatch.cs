namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>Matches the elements of a list before a change with those after it.</summary>
/// <remarks>Matches by object, then by equal values, then by position. Whatever is left was added or removed.</remarks>
internal sealed class ListMatch
{
    private readonly int[] _newOf;
    private readonly int[] _oldOf;

    public ListMatch(IReadOnlyList<ListElement> old, IReadOnlyList<ListElement> @new)
    {
        _newOf = [.. Enumerable.Repeat(-1, old.Count)];
        _oldOf = [.. Enumerable.Repeat(-1, @new.Count)];
        MatchInstances(old, @new);
        MatchEnds(old, @new);
        MatchValues(old, @new);
        for (int i = 0; i < Math.Min(old.Count, @new.Count); i++)
        {
            if (_newOf[i] < 0 && _oldOf[i] < 0) Match(i, i);
        }
    }

    /// <summary>Whether the remaining elements are in a different order.</summary>
    public bool IsReordered
    {
        get
        {
            int last = -1;
            foreach (int old in _oldOf)
            {
                if (old < 0) continue;
                if (old < last) return true;
                last = old;
            }
            return false;
        }
    }

    /// <summary>The new position of an old element; -1 if it was removed.</summary>
    public int NewOf(int old) => _newOf[old];

    /// <summary>The old position of a new element; -1 if it was added.</summary>
    public int OldOf(int @new) => _oldOf[@new];

    private void Match(int old, int @new) => (_newOf[old], _oldOf[@new]) = (@new, old);

    private void MatchInstances(IReadOnlyList<ListElement> old, IReadOnlyList<ListElement> @new)
    {
        var places = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < @new.Count; i++)
        {
            if (@new[i].Instance is { } instance) places.TryAdd(instance, i);
        }
        for (int i = 0; i < old.Count; i++)
        {
            if (old[i].Instance is { } instance && places.Remove(instance, out int place)) Match(i, place);
        }
    }

    // Equal elements at both ends did not move. Among elements with equal values, the nearest one matches.
    private void MatchEnds(IReadOnlyList<ListElement> old, IReadOnlyList<ListElement> @new)
    {
        int shorter = Math.Min(old.Count, @new.Count);
        for (int i = 0; i < shorter && TryMatch(old, i, @new, i); i++)
        {
        }
        for (int i = 1; i <= shorter && TryMatch(old, old.Count - i, @new, @new.Count - i); i++)
        {
        }
    }

    private bool TryMatch(IReadOnlyList<ListElement> old, int oldPlace, IReadOnlyList<ListElement> @new, int newPlace)
    {
        if (_newOf[oldPlace] == newPlace) return true;
        if (_newOf[oldPlace] >= 0 || _oldOf[newPlace] >= 0 || !old[oldPlace].HasValuesOf(@new[newPlace])) return false;
        Match(oldPlace, newPlace);
        return true;
    }

    private void MatchValues(IReadOnlyList<ListElement> old, IReadOnlyList<ListElement> @new)
    {
        var places = new Dictionary<ListElement, Queue<int>>(ListElementComparer.Instance);
        for (int i = 0; i < @new.Count; i++)
        {
            if (_oldOf[i] >= 0) continue;
            if (!places.TryGetValue(@new[i], out Queue<int>? queue)) places.Add(@new[i], queue = new Queue<int>());
            queue.Enqueue(i);
        }
        for (int i = 0; i < old.Count; i++)
        {
            if (_newOf[i] < 0 && places.TryGetValue(old[i], out Queue<int>? queue) && queue.TryDequeue(out int place)) Match(i, place);
        }
    }
}
