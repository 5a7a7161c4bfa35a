using System.Text;

namespace EzAudit.Tests.Faults.Memory;

/// <summary>The bytes of one file on a <see cref="MemoryDisk"/>, and which of them are on disk.</summary>
internal sealed class MemoryInode(ulong number)
{
    private readonly List<byte> _bytes = [];
    private readonly List<State> _states = [];
    // The bytes on disk that an overwriting has not reached yet.
    private readonly Dictionary<int, byte> _before = [];

    private enum State
    {
        Dirty,
        OnDisk,
        Dropped,
    }

    public ulong Number { get; } = number;

    public bool IsLocked { get; set; }

    public int Length => _bytes.Count;

    public string Text => Encoding.UTF8.GetString([.. _bytes]);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _bytes.Add(value);
            _states.Add(State.Dirty);
        }
    }

    public void Overwrite(ReadOnlySpan<byte> bytes, long offset)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            int at = (int)offset + i;
            if (_states[at] == State.OnDisk) _before[at] = _bytes[at];
            _bytes[at] = bytes[i];
            _states[at] = State.Dirty;
        }
    }

    public int Read(Span<byte> buffer, long offset)
    {
        int count = (int)Math.Clamp(_bytes.Count - offset, 0, buffer.Length);
        for (int i = 0; i < count; i++) buffer[i] = _bytes[(int)offset + i];
        return count;
    }

    public void Sync()
    {
        Mark(State.OnDisk);
        _before.Clear();
    }

    /// <summary>The number of failed syncs: Linux reports each one once to every descriptor that was open at the time.</summary>
    public int Failures { get; private set; }

    // Linux marks the pages clean, so the next sync writes none of them and succeeds for any descriptor that was notified of the failure.
    public void Drop()
    {
        Mark(State.Dropped);
        Failures++;
    }

    /// <summary>What survives: zeros where bytes never reached the disk, and a random part of the tail.</summary>
    public MemoryInode AfterRestart(ulong newNumber, Random random)
    {
        int onDisk = Math.Max(_states.LastIndexOf(State.OnDisk), _before.Count == 0 ? -1 : _before.Keys.Max()) + 1;
        // Of what was overwritten, a part from the beginning.
        int reached = _before.Count == 0 ? 0 : random.Next(onDisk + 1);
        int length = onDisk + (_bytes.Count > onDisk && random.Next(2) == 0 ? random.Next(_bytes.Count - onDisk) : 0);
        var left = new MemoryInode(newNumber);
        for (int i = 0; i < length; i++)
        {
            bool isThere = _states[i] == State.OnDisk || (_states[i] == State.Dirty && i >= onDisk);
            left._bytes.Add(i >= reached && _before.TryGetValue(i, out byte before) ? before : isThere || _before.ContainsKey(i) ? _bytes[i] : (byte)0);
            left._states.Add(State.OnDisk);
        }
        return left;
    }

    private void Mark(State state)
    {
        for (int i = 0; i < _states.Count; i++)
        {
            if (_states[i] == State.Dirty) _states[i] = state;
        }
    }
}
