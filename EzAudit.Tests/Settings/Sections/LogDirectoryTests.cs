using EzAudit.Settings.Sections;

namespace EzAudit.Tests.Settings.Sections;

/// <summary>VarDir and LogDir joined.</summary>
[TestClass]
public sealed class LogDirectoryTests
{
    [TestMethod]
    [DataRow("var", "log/audit", "var/log/audit")]
    [DataRow("var/x/", "log/audit/", "var/x/log/audit")]
    [DataRow("var", "/log/abs", "var/log/abs")]
    [DataRow("var", ".", "var")]
    [DataRow("var", "", "var")]
    [DataRow(".", "", "")]
    [DataRow(".", "log//audit", "log/audit")]
    [DataRow("var", "missing/../log", "var/log")]
    [DataRow("var", "../outside/./logs", "outside/logs")]
    [DataRow("var", "../../x", "../x")]
    [DataRow("var", "../../../x", "../../x")]
    [DataRow("/data", "log", "/data/log")]
    [DataRow("/data/", "../../../log", "/log")]
    public void TheyAreJoinedAsText(string varDir, string logDir, string directory) => Assert.AreEqual(directory, SettingsChecker.JoinDirectories(varDir, logDir));
}
