using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Tests.Settings.Sections;

/// <summary>The settings that are read from site.ini.</summary>
[TestClass]
public sealed class SiteSettingsTests
{
    [TestMethod]
    public void WhatIsNotSetHasItsDefault()
    {
        using var folder = new SettingsFolder();
        AuditSettings settings = folder.Settings;

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, settings.FileMode);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, settings.DirectoryMode);
        Assert.AreEqual(DateTimeZone.Utc, settings.TimeZone);
        Assert.AreEqual("10", settings.AnonymousUserId);
    }

    [TestMethod]
    public void EveryKeyIsRead()
    {
        using SettingsFolder folder = Site(
            "[FileSettings]", "VarDir=data", "LogDir=ignored", "LogFilePermissions=640", "StorageDirPermissions=0777",
            "[TimeZoneSettings]", "TimeZone=Europe/Vienna", "[UserSettings]", "AnonymousUserID=42");
        AuditSettings settings = folder.Settings;

        Assert.AreEqual("data/log/audit", settings.LogDirectory);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, settings.FileMode);
        Assert.AreEqual((UnixFileMode)0b111_111_101, settings.DirectoryMode);
        Assert.AreEqual("Europe/Vienna", settings.TimeZone.Id);
        Assert.AreEqual("42", settings.AnonymousUserId);
    }

    [TestMethod]
    public void AnEmptyTimeZoneIsUtc()
    {
        using SettingsFolder folder = Site("[TimeZoneSettings]", "TimeZone=");

        Assert.AreEqual(DateTimeZone.Utc, folder.Settings.TimeZone);
    }

    [TestMethod]
    [DataRow("FileSettings", "VarDir=", "\"\"", "a directory such as \"var\", or \".\" for the root")]
    [DataRow("FileSettings", "VarDir[]=x", "array VarDir[]", "one text: VarDir=VALUE")]
    [DataRow("FileSettings", "LogFilePermissions=0400", "\"0400\"", "octal permissions such as 0600, at least 0600")]
    [DataRow("FileSettings", "StorageDirPermissions=0600", "\"0600\"", "octal permissions such as 0700, at least 0700")]
    [DataRow("TimeZoneSettings", "TimeZone=Vienna", "\"Vienna\"", "the name of a time zone in the tz database, such as Europe/Vienna")]
    [DataRow("UserSettings", "AnonymousUserID=", "\"\"", "an id of 1 to 128 characters, none of them a control character or a blank")]
    public void AValueThatDoesNotFitIsAProblem(string section, string line, string found, string expected)
    {
        using SettingsFolder folder = Site($"[{section}]", line);

        Assert.AreEqual($"2: found {found}, expected {expected}", folder.Problem);
    }

    private static SettingsFolder Site(params string[] lines) => new SettingsFolder().Write("settings/site.ini", lines);
}
