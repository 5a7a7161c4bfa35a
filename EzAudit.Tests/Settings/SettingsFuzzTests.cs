using System.Text;
using EzAudit.Settings.Schema;
using FsCheck;
using FsCheck.Fluent;

namespace EzAudit.Tests.Settings;

/// <summary>Reading any settings file results in settings or problems, whatever it contains.</summary>
[TestClass]
public sealed class SettingsFuzzTests
{
    private static readonly string[] Pieces =
    [
        "[", "]", "=", "#", "##", "AuditSettings", "FileSettings", "ExtensionSettings", "Audit", "LogDir", "AuditFileNames", "Targets", "Function-", "Target-", "Format-",
        "Rotation-", "Type", "ActiveExtensions", "VarDir", "Format", "enabled", "json", "pattern", "0", "7", "-1", "999999999999999999999", "MiB", " ", "\t", "\r", "\n", "\n", "\n",
        "\0", "..", "/", "\\", "~", "é", "\uD800", "\u2028", "<?php /*", "*/ ?>", "#?ini charset=\"", "utf-16", "iso-2022-jp", "\"?", "\uFEFF",
    ];

    [TestMethod]
    [Fault(67)]
    public void AnyBytesGiveSettingsOrProblems() => Prop.ForAll<byte[]>(NeverThrows).QuickCheckThrowOnFailure();

    [TestMethod]
    public void AnyLinesGiveSettingsOrProblems() =>
        Prop.ForAll(Gen.Elements(Pieces).ArrayOf().ToArbitrary(), pieces => NeverThrows(Encoding.UTF8.GetBytes($"[AuditSettings]\n{string.Concat(pieces)}")))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [TestMethod]
    public void AnyValueOfAKnownKeyGivesSettingsOrProblems() =>
        Prop.ForAll(Gen.Elements(KnownKeys()).ToArbitrary(), Gen.Elements(Pieces).ArrayOf().ToArbitrary(), (key, pieces) =>
                NeverThrows(Encoding.UTF8.GetBytes($"[{key.Section}]\n{key.Key}={string.Concat(pieces)}\n{key.Key}[{pieces.FirstOrDefault()}]=x\n")))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static bool NeverThrows(byte[] bytes)
    {
        using SettingsFolder folder = new SettingsFolder().WriteBytes("settings/audit.ini", bytes).WriteBytes("settings/site.ini", bytes);
        var result = folder.Check();
        return result.Settings is null == result.Problems.Any(problem => !problem.IsWarning);
    }

    private static (string Section, string Key)[] KnownKeys() =>
    [
        .. SettingsSchema.AuditSections.Concat(SettingsSchema.SiteSections)
            .SelectMany(section => section.Keys.Keys.Select(key => (section.IsPrefix ? section.Name + "x" : section.Name, key))),
    ];
}
