using System.Text;
using EzAudit.Storage;
using EzAudit.Storage.Appending;

namespace EzAudit.Tests.Storage.Appending;

[TestClass]
public sealed class TornTailTests
{
    private static readonly Framing Framing = new("\n\n"u8.ToArray(), "[ "u8.ToArray(), "<torn>\n\n"u8.ToArray());

    [TestMethod]
    public void ATailThatNobodyFinishesIsTorn() => Assert.AreEqual((true, 8L), Look("[ 1\n\n[ 2"));

    [TestMethod]
    public void ATailStillBeingWrittenIsNot() => Assert.AreEqual((false, 12L), Look("[ 1\n\n[ 2", "[ 1\n\n[ 2\nN", "[ 1\n\n[ 2\nN\n\n"));

    [TestMethod]
    public void AnAbandonedTailIsTorn() => Assert.AreEqual((true, 13L), Look("[ 1\n\n[ 2", "[ 1\n\n[ 2\n\n[ 3"));

    private static (bool IsLeft, long Length) Look(params string[] looks)
    {
        using var file = new GrowingFile(looks);
        long length = looks[0].Length;
        bool isLeft = Framing.HasTornTail(file, ref length);
        return (isLeft, length);
    }

    /// <summary>A file that another program appends to: it is longer at each look.</summary>
    private sealed class GrowingFile(string[] looks) : IAppendFile
    {
        private int _look;

        public FileIdentity Identify()
        {
            if (_look < looks.Length - 1) _look++;
            return new FileIdentity(1, 1, looks[_look].Length, IsRegular: true);
        }

        public int Read(Span<byte> buffer, long offset)
        {
            ReadOnlySpan<byte> there = Encoding.UTF8.GetBytes(looks[_look]).AsSpan((int)offset);
            int count = Math.Min(there.Length, buffer.Length);
            there[..count].CopyTo(buffer);
            return count;
        }

        public int Append(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}
