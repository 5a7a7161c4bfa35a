using System.Text;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>One change of one file of a directory.</summary>
/// <param name="File">The file, relative to the directory.</param>
/// <param name="What">What is done to it.</param>
/// <param name="Change">The bytes after the change; <see langword="null"/> if the file is deleted.</param>
internal sealed record Damage(string File, string What, Func<byte[], byte[]?> Change)
{
    /// <summary>The offset of the byte that is flipped; -1 for other changes.</summary>
    public int FlippedByte { get; private init; } = -1;

    public override string ToString() => $"{File}: {What}";

    /// <summary>What ends each line of the ledger, or each record of a log file.</summary>
    public static string EndOf(string file) => file.StartsWith("ledger/", StringComparison.Ordinal) ? "\n" : "\n\n";

    public static Damage Delete(string file) => new(file, "deleted", _ => null);

    public static IEnumerable<Damage> Flips(string file, int length)
    {
        for (int bit = 0; bit < length * 8; bit++)
        {
            int place = bit;
            yield return new Damage(file, $"byte {bit / 8}, bit {bit % 8} flipped", bytes => Flip.Bit(bytes, place)) { FlippedByte = bit / 8 };
        }
    }

    public static IEnumerable<Damage> Truncations(string file, int length)
    {
        for (int i = 0; i < length; i++)
        {
            int end = i;
            yield return new Damage(file, $"cut off at byte {end}", bytes => bytes[..end]);
        }
    }

    /// <summary>Removes, repeats and swaps records or lines, but leaves out what changes nothing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="end">Ends each record.</param>
    public static IEnumerable<Damage> Moves(string file, byte[] bytes, string end)
    {
        // Latin-1 keeps every byte.
        string[] items = [.. Encoding.Latin1.GetString(bytes).Split(end).SkipLast(1).Select(item => item + end)];
        for (int i = 0; i < items.Length; i++)
        {
            int at = i;
            yield return new Damage(file, $"item {at} removed", _ => Join([.. items[..at], .. items[(at + 1)..]]));
            yield return new Damage(file, $"item {at} repeated", _ => Join([.. items[..at], items[at], .. items[at..]]));
            for (int j = i + 1; j < items.Length; j++)
            {
                int other = j;
                if (items[at] != items[other]) yield return new Damage(file, $"items {at} and {other} swapped", _ => Join(Swapped(items, at, other)));
            }
        }
    }

    private static string[] Swapped(string[] items, int one, int other)
    {
        string[] swapped = [.. items];
        (swapped[one], swapped[other]) = (swapped[other], swapped[one]);
        return swapped;
    }

    private static byte[] Join(string[] items) => Encoding.Latin1.GetBytes(string.Concat(items));
}
