using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Children;

/// <summary>
/// Takes all memory that the garbage collector may have, writes records of SIZE then, its first ones, gives the memory back and writes another:
/// ROOT SIZE. Says what became of each.
/// </summary>
internal static class WriteWithoutMemory
{
    private const int LargePiece = 1 << 20;
    private const int SmallPiece = 4 << 10;
    private const int Records = 50;
    private static readonly ManualResetEventSlim Never = new();
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static int Run(string[] args)
    {
        using AuditWriter writer = new AuditWriterBuilder(args[0]).Build();
        string padding = new('x', int.Parse(args[1], null));
        var answers = new string?[Records];
        WithoutMemory(writer, padding, answers);
        GC.Collect();
        for (int i = 0; i < Records; i++) Console.WriteLine($"short-{i} {answers[i]}");
        Console.WriteLine($"after {NumberedRecord.Write(writer, "user-login", "after", 50)}");
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SuppressMessage("Performance", "CA1806:Do not ignore method results", Justification = "Only the memory matters.")]
    private static void WithoutMemory(AuditWriter writer, string padding, string?[] answers)
    {
        var hoard = new List<byte[]>(1 << 16);
        foreach (int piece in (ReadOnlySpan<int>)[LargePiece, SmallPiece])
        {
            try
            {
                while (hoard.Count < hoard.Capacity) hoard.Add(new byte[piece]);
            }
            catch (OutOfMemoryException)
            {
                // Less than such a piece is left.
            }
        }
        for (int i = 0; i < answers.Length; i++) answers[i] = Write(writer, i, padding);
        // Time for the threads of the writer to meet it as well.
        Never.Wait(Pause);
        GC.KeepAlive(hoard);
    }

    private static string Write(AuditWriter writer, int number, string padding)
    {
        try
        {
            return writer.WriteAudit("user-login", ("Short", number), ("Padding", padding)) ? "True" : "False";
        }
        catch (AuditWriteException failure)
        {
            return failure.MayBeStored ? "perhaps" : "refused";
        }
        catch (OutOfMemoryException)
        {
            // No memory even to say more.
            return "perhaps";
        }
    }
}
