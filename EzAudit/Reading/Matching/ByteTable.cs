using System.Numerics;
using System.Runtime.InteropServices;

namespace EzAudit.Reading.Matching;

/// <summary>Assigns a number, from 0, to each distinct byte key.</summary>
/// <remarks>Optimized for speed: called several times per counted record, without allocation for a known key. Measured by the benchmark read-back.</remarks>
internal sealed class ByteTable
{
    // Logins come from outside: an attacker who knew the hash could make all keys collide.
    private readonly ulong _seed = (ulong)Random.Shared.NextInt64() | 1;
    private readonly List<int> _ends = [0];
    private readonly List<uint> _hashes = [];
    private byte[] _keys = new byte[1024];
    private int[] _slots = new int[64];

    public int Count => _hashes.Count;

    public ReadOnlySpan<byte> this[int number] => _keys.AsSpan(_ends[number].._ends[number + 1]);

    /// <summary>The number of a key; an unknown key gets the next one.</summary>
    public int NumberOf(ReadOnlySpan<byte> key)
    {
        uint hash = Hash(key);
        int mask = _slots.Length - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            int number = _slots[slot] - 1;
            if (number < 0) return Add(key, hash);
            if (_hashes[number] == hash && this[number].SequenceEqual(key)) return number;
        }
    }

    private int Add(ReadOnlySpan<byte> key, uint hash)
    {
        int start = _ends[^1];
        if (start + key.Length > _keys.Length) Array.Resize(ref _keys, (int)Math.Min(Array.MaxLength, Math.Max(_keys.Length * 2L, start + (long)key.Length)));
        key.CopyTo(_keys.AsSpan(start));
        _ends.Add(start + key.Length);
        _hashes.Add(hash);
        if (_hashes.Count * 2 > _slots.Length) _slots = new int[_slots.Length * 2];
        else return Put(_hashes.Count - 1);
        for (int number = 0; number < _hashes.Count; number++) Put(number);
        return _hashes.Count - 1;
    }

    private int Put(int number)
    {
        int mask = _slots.Length - 1;
        int slot = (int)_hashes[number] & mask;
        while (_slots[slot] != 0) slot = (slot + 1) & mask;
        _slots[slot] = number + 1;
        return number;
    }

    private uint Hash(ReadOnlySpan<byte> key)
    {
        ulong hash = _seed + (ulong)key.Length;
        while (key.Length >= 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(key));
            key = key[8..];
        }
        ulong rest = 0;
        foreach (byte b in key) rest = (rest << 8) | b;
        hash = Mix(hash ^ rest);
        return (uint)(hash >> 32);
    }

    private ulong Mix(ulong value) => BitOperations.RotateLeft(value * 0x9E3779B97F4A7C15, 29) * _seed;
}
