using System.Buffers.Binary;

namespace SealSigner;

/// <summary>What signer and plugin send each other: a length of four bytes, and as many bytes, the first of which says what they are.</summary>
internal static class Message
{
    public const byte PublicKey = (byte)'k';
    public const byte Sign = (byte)'s';
    public const byte Done = (byte)'+';
    public const byte Refused = (byte)'-';

    private const int MaxLength = 8192;

    public static async Task WriteAsync(Stream stream, byte[] message, CancellationToken stop)
    {
        byte[] bytes = new byte[sizeof(int) + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, message.Length);
        message.CopyTo(bytes, sizeof(int));
        await stream.WriteAsync(bytes, stop);
    }

    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken stop)
    {
        byte[] length = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(length, stop);
        int count = BinaryPrimitives.ReadInt32BigEndian(length);
        if (count is < 1 or > MaxLength) throw new InvalidDataException($"a message of {count} bytes; expected 1 to {MaxLength}");
        byte[] message = new byte[count];
        await stream.ReadExactlyAsync(message, stop);
        return message;
    }
}
