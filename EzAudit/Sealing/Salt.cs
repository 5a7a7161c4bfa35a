using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EzAudit.Sealing;

/// <summary>Sixteen random bytes, without which a digest says nothing about the bytes it was made of.</summary>
internal readonly struct Salt
{
    public const int Size = 16;

    private readonly UInt128 _bytes;

    private Salt(UInt128 bytes) => _bytes = bytes;

    public void CopyTo(Span<byte> bytes) => MemoryMarshal.Write(bytes, in _bytes);

    /// <summary>Supplies salts; asks the operating system for many at once, because a call costs as much as hashing a record. Not thread-safe.</summary>
    internal sealed class Source
    {
        private readonly byte[] _random = new byte[Size * 64];
        private int _next = Size * 64;

        public Salt Next()
        {
            if (_next == _random.Length)
            {
                RandomNumberGenerator.Fill(_random);
                _next = 0;
            }
            var salt = new Salt(Unsafe.ReadUnaligned<UInt128>(ref _random[_next]));
            _random.AsSpan(_next, Size).Clear();
            _next += Size;
            return salt;
        }
    }
}
