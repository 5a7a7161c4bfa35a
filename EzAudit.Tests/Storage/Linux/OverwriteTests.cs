using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Storage.Linux;

/// <summary>Files that are read without being created, and overwritten in place.</summary>
[TestClass]
public sealed class OverwriteTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LinuxDirectory _directory;

    public OverwriteTests() =>
        _directory = new LinuxDirectory(_folder["log"], new AccessRule(UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));

    public void Dispose()
    {
        _directory.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public void BytesAreOverwrittenWhereTheyAre()
    {
        _folder.Write("log/a.log", "0123456789");

        _directory.Overwrite("a.log", 3, "abc"u8);

        Assert.AreEqual("012abc6789", _folder.Read("log/a.log"));
    }

    [TestMethod]
    public void AFileDoesNotGrow()
    {
        _folder.Write("log/a.log", "0123456789");

        StorageException failure = Assert.ThrowsExactly<StorageException>(() => _directory.Overwrite("a.log", 8, "abc"u8));

        Assert.AreEqual($"{_folder["log/a.log"]}: found 10 bytes, expected at least 11.", failure.Message);
        Assert.AreEqual("0123456789", _folder.Read("log/a.log"));
    }

    [TestMethod]
    public void NothingIsOverwrittenThroughALink()
    {
        _folder.Write("other", "0123456789");
        Directory.CreateDirectory(_folder["log"]);
        File.CreateSymbolicLink(_folder["log/a.log"], _folder["other"]);

        Assert.AreEqual("ELOOP", Assert.ThrowsExactly<StorageException>(() => _directory.Overwrite("a.log", 0, "abc"u8)).ErrnoName);
        Assert.AreEqual("ENOENT", Assert.ThrowsExactly<StorageException>(() => _directory.Overwrite("b.log", 0, "abc"u8)).ErrnoName);
        Assert.AreEqual("0123456789", _folder.Read("other"));
    }

    [TestMethod]
    public void ReadingCreatesNothing()
    {
        Assert.IsNull(_directory.OpenRead("a.log"));
        Assert.IsFalse(Directory.Exists(_folder["log"]));
        _folder.Write("log/a.log", "0123456789");

        using IReadFile file = _directory.OpenRead("a.log")!;

        byte[] bytes = new byte[20];
        Assert.AreEqual(8, file.Read(bytes, 2));
        Assert.AreEqual((byte)'2', bytes[0]);
        Assert.AreEqual(10, file.Identify().Length);
    }
}
