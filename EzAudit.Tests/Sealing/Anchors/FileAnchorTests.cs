using EzAudit.Extensibility;
using EzAudit.Sealing.Anchors;
using EzAudit.Storage;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>The anchor <c>file</c>.</summary>
[TestClass]
public sealed class FileAnchorTests : AnchorContract, IDisposable
{
    private readonly TempFolder _folder = new();

    internal override bool TakesNotes => true;

    private string FilePath => _folder["checkpoints"];

    [TestMethod]
    public void TheFileIsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows()) Needs.LeaveOut("it needs Unix permissions");
        using IAuditAnchor anchor = Open();
        anchor.Publish(SomeCheckpoints.Public(1));

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [TestMethod]
    public void WhatTheFileHasStays()
    {
        File.WriteAllText(FilePath, "a comment\n");
        using IAuditAnchor anchor = Open();
        anchor.Publish(SomeCheckpoints.Public(1));

        Assert.AreEqual("a comment\n" + Note(1), WithoutSignature(File.ReadAllText(FilePath)));
    }

    [TestMethod]
    public void ANoteBehindATornOneBeginsOnALineOfItsOwn()
    {
        File.WriteAllText(FilePath, "example.com/audit\n1");
        using IAuditAnchor anchor = Open();
        anchor.Publish(SomeCheckpoints.Public(2));

        Assert.AreEqual("example.com/audit\n1\n" + Note(2), WithoutSignature(File.ReadAllText(FilePath)));
    }

    [TestMethod]
    public void AFileThatWasMovedAwayIsCreatedAgain()
    {
        using IAuditAnchor anchor = Open();
        anchor.Publish(SomeCheckpoints.Public(1));
        File.Move(FilePath, _folder["old"]);
        anchor.Publish(SomeCheckpoints.Public(2));

        Assert.AreEqual(Note(2), WithoutSignature(File.ReadAllText(FilePath)));
    }

    [TestMethod]
    public void ADiskThatIsNotMountedIsAFailure()
    {
        using var anchor = new FileAnchor(_folder["mount/audit/checkpoints"]);

        var failure = Assert.ThrowsExactly<DirectoryNotFoundException>(() => anchor.Publish(SomeCheckpoints.Public(1)));

        Assert.AreEqual($"{_folder["mount/audit"]}: the directory does not exist. Mount its disk, or create it.", failure.Message);
        Assert.IsFalse(Directory.Exists(_folder["mount"]));
    }

    [TestMethod]
    public void AFullDiskIsAFailureAndTheNextNoteIsWholeAgain()
    {
        string mount = Directory.CreateDirectory(_folder["mount"]).FullName;
        using var disk = new SmallDisk(mount);
        using var anchor = new FileAnchor(Path.Combine(mount, "checkpoints"));
        anchor.Publish(SomeCheckpoints.Public(1));
        disk.Fill();

        // The file's last page still has room for some notes; the one that crosses its end is torn or refused.
        Exception? failure = null;
        for (int i = 0; i < 100 && failure is null; i++) failure = TryPublish(anchor, 2);
        Assert.IsNotNull(failure);
        Assert.IsInstanceOfType<IOException>(failure);
        Assert.IsInstanceOfType<StorageException>(TryPublish(anchor, 3));

        disk.Empty();
        anchor.Publish(SomeCheckpoints.Public(4));
        string text = File.ReadAllText(Path.Combine(mount, "checkpoints"));
        Assert.EndsWith("\n" + Note(4), WithoutSignature(text));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("anchors/")]
    [DataRow("/")]
    [DataRow(null)]
    public void APathThatIsNoFileIsRefused(string? path)
    {
        var texts = new Dictionary<string, string>();
        if (path is not null) texts.Add("Path", path);

        var failure = Assert.ThrowsExactly<AuditComponentSettingsException>(() => FileAnchor.Create(new AuditComponentSettings("a", texts) { Root = _folder.Path }));

        Assert.AreEqual("Path: expected a file, best on another disk", failure.Message);
    }

    [TestMethod]
    public void APathIsRelativeToTheRoot()
    {
        using var anchor = FileAnchor.Create(new AuditComponentSettings("a", new Dictionary<string, string> { ["Path"] = "checkpoints" }) { Root = _folder.Path });
        anchor.Publish(SomeCheckpoints.Public(1));

        Assert.IsTrue(File.Exists(FilePath));
    }

    public void Dispose() => _folder.Dispose();

    internal override IAuditAnchor Open() => new FileAnchor(FilePath);

    internal override IReadOnlyList<string> Received(int count) =>
        [.. File.ReadAllText(FilePath).Split('\n')[..^1].Chunk(5).Select(lines => string.Concat(lines.Select(line => line + "\n")))];

    private static Exception? TryPublish(FileAnchor anchor, long size)
    {
        try
        {
            anchor.Publish(SomeCheckpoints.Public(size));
            return null;
        }
        catch (IOException failure)
        {
            return failure;
        }
    }

    private static string Note(long size) => WithoutSignature(SomeCheckpoints.Of(size).Note);

    // The signatures of two checkpoints with the same text differ.
    private static string WithoutSignature(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.StartsWith("\u2014 ", StringComparison.Ordinal) ? line[..line.LastIndexOf(' ')] : line));
}
