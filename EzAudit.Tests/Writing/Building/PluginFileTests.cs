using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;
using EzAudit.Writing.Building;

namespace EzAudit.Tests.Writing.Building;

[TestClass]
public sealed class PluginFileTests
{
    private const string User = "4711";
    private const UnixFileMode All = (UnixFileMode)0b111_111_111;

    [TestMethod]
    public void AFileOfThisUserMayRun()
    {
        using var folder = new TempFolder();
        Assert.IsNull(PluginFile.TroubleOf(folder.Write("own.dll", ""), folder.Path));
        Assert.IsNull(PluginFile.TroubleOf("", folder.Path));
    }

    [TestMethod]
    [Fault(70)]
    public void AFileThatEveryUserCanWriteToMayNot()
    {
        using var folder = new TempFolder();
        string file = folder.Write("own.dll", "");
        File.SetUnixFileMode(file, All);
        Assert.AreEqual($"every user can write to its file {file} (0777)", PluginFile.TroubleOf(file, folder.Path));
    }

    [TestMethod]
    public void AFileInADirectoryThatEveryUserCanWriteToMayNot()
    {
        using var folder = new TempFolder();
        string file = folder.Write("plugins/own.dll", "");
        File.SetUnixFileMode(folder["plugins"], All);
        Assert.AreEqual($"every user can write to its directory {folder["plugins"]} (0777)", PluginFile.TroubleOf(file, folder.Path));
    }

    [TestMethod]
    [Fault(70)]
    public void AFileOfAnotherUserMayRunOnlyWhereTheApplicationIsThatUsers()
    {
        Needs.Root("chown");
        using var folder = new TempFolder();
        string file = folder.Write("own.dll", "");
        Command.Run("chown", User, file);
        Assert.Contains($"belongs to user {User}", PluginFile.TroubleOf(file, folder.Path)!);
        Command.Run("chown", User, folder.Path);
        Assert.IsNull(PluginFile.TroubleOf(file, folder.Path));
    }
}
