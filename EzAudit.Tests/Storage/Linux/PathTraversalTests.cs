using System.Text;
using EzAudit.Settings.Schema;
using EzAudit.Storage;
using EzAudit.Storage.Linux;
using EzAudit.Storage.Platform;
using EzAudit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace EzAudit.Tests.Storage.Linux;

/// <summary>Names of log files that would lead out of the log directory.</summary>
[TestClass]
public sealed class PathTraversalTests
{
    private static readonly string[] Pieces =
    [
        "..", ".", "/", "//", "\\", "a", "b.log", "sub", "link", " ", "~", "\0", "\n", "%2e%2e", "%2f", "é", "‥", "…", "／", "：", "$HOME", "${X}", ".ezaudit", "con", "outside", new string('x', 300),
    ];

    [TestMethod]
    [Fault(32)]
    public void ANameThatTheSettingsTakeLeadsToThatFileBelowTheLogDirectory() => Prop.ForAll(Names(), name =>
    {
        using var folder = Folder();
        if (NameRules.CheckLogFile(name) is not null) return true;
        TryOpen(folder, name, out bool isOpen);
        return IsUntouched(folder) && (!isOpen || File.Exists(Path.Combine(folder["log"], name)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [TestMethod]
    [Fault(32)]
    public void TheDirectoryOpensNothingOutsideItself() => Prop.ForAll(Names(), name =>
    {
        using var folder = Folder();
        TryOpen(folder, name, out _);
        return IsUntouched(folder);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [TestMethod]
    [Fault(32)]
    [DataRow("../outside/victim")]
    [DataRow("sub/../../outside/victim")]
    [DataRow("/etc/hostname")]
    [DataRow("link/victim")]
    [DataRow("..")]
    public void SuchANameIsRefusedByTheKernelAsWell(string name)
    {
        using var folder = Folder();
        Directory.CreateDirectory(folder["log/sub"]);

        Assert.IsNotNull(TryOpen(folder, name, out bool isOpen));

        Assert.IsFalse(isOpen);
        Assert.IsTrue(IsUntouched(folder));
    }

    private static Arbitrary<string> Names() => Gen.Elements(Pieces).ArrayOf().Select(string.Concat).ToArbitrary();

    private static TempFolder Folder()
    {
        var folder = new TempFolder();
        folder.Write("outside/victim", "as it was");
        Directory.CreateDirectory(folder["log"]);
        Directory.CreateSymbolicLink(folder["log/link"], folder["outside"]);
        return folder;
    }

    private static StorageException? TryOpen(TempFolder folder, string name, out bool isOpen)
    {
        using ILogDirectory directory = CurrentPlatform.DirectoryAt(folder["log"], new AccessRule(LogFolder.OwnerOnly, LogFolder.OwnerDirectory));
        isOpen = false;
        try
        {
            using IAppendFile file = directory.OpenAppend(name);
            isOpen = true;
            file.Append("written"u8);
            return null;
        }
        catch (StorageException refused)
        {
            return refused;
        }
    }

    private static bool IsUntouched(TempFolder folder) =>
        Directory.GetFileSystemEntries(folder.Path).Length == 2
        && Directory.GetFileSystemEntries(folder["outside"]).Length == 1
        && Encoding.UTF8.GetString(File.ReadAllBytes(folder["outside/victim"])) == "as it was";
}
