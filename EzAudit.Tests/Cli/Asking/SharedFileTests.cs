using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Asking;

/// <summary>Questions about function and outcome, asked of classic files that several functions share.</summary>
[TestClass]
public sealed class SharedFileTests
{
    private const string Old = "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [anonymous:10]\n";

    private const string Mixed = """
        [AuditSettings]
        Audit=enabled
        AuditFileNames[user-login]=people.log
        AuditFileNames[user-failed-login]=people.log
        AuditFileNames[user-logout]=people.log
        AuditFileNames[ticket-open]=ticket.log
        AuditFileNames[ticket-denied]=ticket.log
        [PluginSettings]
        Plugins[]=EzAudit.Plugins

        """;

    [TestMethod]
    [DataRow("sample")]
    [DataRow("init")]
    [DataRow("samples/Newsroom/settings")]
    public void WithShippedSettingsSignInsAreReported(string settings)
    {
        using ToolSite site = Shipped(settings);
        // Otherwise the first record creates the key of Newsroom's ledger, and says so.
        if (settings == "samples/Newsroom/settings") site.Run("seal", "init").Expect();
        site.Run("write", "user-login", "User id=14", "User login=good").Expect();
        for (int i = 0; i < 4; i++) site.Run("write", "user-failed-login", "User login=bad", "Comment=wrong password").Expect();
        bool hasLogout = site.Run("write", "user-logout", "User id=14", "User login=good").ExitCode == 0;

        string failed = site.Run("report", "failed-logins", "-o", "csv").Expect();
        StringAssert.Contains(failed, "\nfailed-logins,bad,4,", StringComparison.Ordinal);
        Assert.DoesNotContain("good", failed);
        string succeeded = site.Run("report", "logins", "-o", "csv").Expect();
        StringAssert.Contains(succeeded, "\nlogins,good,1,", StringComparison.Ordinal);
        Assert.AreEqual("4\n", site.Run("search", "--count", "--outcome", "failure").Expect());
        Assert.AreEqual("1\n", site.Run("search", "--count", "--function", "user-login").Expect());
        if (!hasLogout) return;
        Assert.AreEqual("1\n", site.Run("search", "--count", "--function", "user-logout").Expect());
        Assert.AreEqual("user-logout", site.Run("search", "--function", "user-logout", "-o", "csv").Expect().Split('\n')[1].Split(',')[1]);
    }

    [TestMethod]
    public void ApplicationFunctionsThatShareAFileAreDistinguished()
    {
        using var site = new ToolSite(Mixed);
        site.Run("write", "ticket-open", "Ticket=1").Expect();
        site.Run("write", "ticket-denied", "Ticket=2").Expect();

        Assert.AreEqual("1\n", site.Run("search", "--count", "--function", "ticket-open").Expect());
        StringAssert.Contains(site.Run("search", "--outcome", "failure").Expect(), "\nTicket: 2\nAudit function: ticket-denied\n\n", StringComparison.Ordinal);
        StringAssert.Contains(site.Run("report", "functions", "-o", "csv").Expect(), "\nfunctions,ticket-denied,1,", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AFileThatOnlyFunctionsOfEzShareStaysAsEzWritesIt()
    {
        using var site = new AuditSite("[AuditSettings]\nAudit=enabled\nAuditFileNames[user-login]=people.log\nAuditFileNames[user-failed-login]=people.log\n");
        site.Writer.WriteAudit("user-failed-login", ("User login", "bob"), ("Comment", "no"));

        StringAssert.EndsWith(site.Read("people.log"), "[anonymous:10]\nUser login: bob\nComment: no\n\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void InAFileAsEzHasItTheFieldsTellTheFunction()
    {
        using var site = new ToolSite(Mixed.Replace("AuditFileNames[user-logout]=people.log\n", "", StringComparison.Ordinal));
        site.Run("write", "user-login", "User id=14", "User login=good").Expect();
        site.Run("write", "user-failed-login", "User login=bad", "Comment=wrong password").Expect();

        StringAssert.Contains(site.Run("report", "failed-logins", "-o", "csv").Expect(), "\nfailed-logins,bad,1,", StringComparison.Ordinal);
        StringAssert.Contains(site.Run("search", "--function", "user-login").Expect(), "good", StringComparison.Ordinal);
        Assert.AreEqual("1\n", site.Run("search", "--count", "--outcome", "success").Expect());
    }

    [TestMethod]
    [DataRow("search", "--function", "user-logout")]
    [DataRow("search", "--outcome", "failure")]
    [DataRow("search", "--outcome", "failure", "--count")]
    [DataRow("search", "--outcome", "failure", "--reverse")]
    [DataRow("tail", "--outcome", "failure")]
    [DataRow("export", "--outcome", "failure")]
    [DataRow("report", "failed-logins")]
    [DataRow("report", "logins")]
    public void FactsMissingFromOldRecordsAreReportedAndItExitsWith2(params string[] question)
    {
        using var site = new ToolSite(Mixed);
        string log = site.Log("people.log", Old + "User login: bob\n\n" + Old + "User login: eve\nReason: x\n\n");

        ToolRun run = site.Run(question);

        Assert.AreEqual(2, run.ExitCode, run.Errors);
        Assert.AreEqual($"ezaudit: {log}: 2 records may be of user-login, user-failed-login or user-logout: they do not say which\n", run.Errors);
        if (question[0] == "report") Assert.DoesNotContain("bob", run.Output);
        else if (!question.Contains("--count")) StringAssert.Contains(run.Output, "bob", StringComparison.Ordinal);
        else Assert.AreEqual("2\n", run.Output);
    }

    [TestMethod]
    public void WhatAllFunctionsOfAFileHaveInCommonIsCertainOfOldRecordsToo()
    {
        using var site = new ToolSite(Mixed
            .Replace("user-login]=people", "user-failed-login-api]=people", StringComparison.Ordinal)
            .Replace("user-logout]=people", "user-failed-login-error]=people", StringComparison.Ordinal));
        site.Log("people.log", Old + "User login: bob\n\n");

        StringAssert.Contains(site.Run("report", "failed-logins", "-o", "csv").Expect(), "\nfailed-logins,bob,1,", StringComparison.Ordinal);
        Assert.AreEqual("1\n", site.Run("search", "--count", "--outcome", "failure").Expect());
        Assert.AreEqual("0\n", site.Run("search", "--count", "--outcome", "success").Expect(1));
        Assert.AreEqual("1\n", site.Run("search", "--count", "--function", "user-failed-login*").Expect());
    }

    [TestMethod]
    public void ARecordThatNamesItsFunctionBelongsToItInAnyFile()
    {
        using var site = new ToolSite();
        string copy = site.Root.Write("copy.log", Old + "User login: bob\nAudit function: user-failed-login\n\n");

        Assert.AreEqual("1\n", site.Run("search", "--count", "--function", "user-failed-login", copy).Expect());
        StringAssert.Contains(site.Run("report", "failed-logins", "-o", "csv", copy).Expect(), "\nfailed-logins,bob,1,", StringComparison.Ordinal);
        Assert.AreEqual("1\n", site.RunWith(File.ReadAllText(copy), "search", "--count", "--outcome", "failure", "-").Expect());
    }

    [TestMethod]
    public void TheFunctionIsReadFromTheLastLineAlone()
    {
        using var site = new AuditSite(Mixed);
        site.Writer.WriteAudit("ticket-open", ("Audit function", "user-login"), ("Text", "x\nAudit function: user-login"));

        using AuditLogReader log = AuditLogReader.Open(site.Root.Path);
        Assert.AreEqual("ticket-open", log.Search(AuditQuery.All).Single().Function);
        Assert.AreEqual(0, log.Count(new AuditQuery { Functions = ["user-login"] }));
    }

    private static ToolSite Shipped(string settings)
    {
        var site = new ToolSite("");
        File.Delete(site.Root["settings/audit.ini"]);
        if (settings == "init")
        {
            site.Run("init").Expect();
        }
        else if (settings == "sample")
        {
            site.Root.Write("settings/audit.ini", File.ReadAllText(Repository.PathOf("settings", "audit.ini")));
            site.Root.Write("settings/override/audit.ini", File.ReadAllText(Repository.PathOf("audit.ini.sample")));
        }
        else
        {
            string directory = Repository.PathOf(settings.Split('/'));
            foreach (string file in Directory.EnumerateFiles(directory, "*.ini*", SearchOption.AllDirectories))
                site.Root.Write(Path.Combine("settings", Path.GetRelativePath(directory, file)), File.ReadAllText(file).Replace("[RequestSettings]", "# [RequestSettings]", StringComparison.Ordinal).Replace("Level=ids\nIds[]\nIds[]=id", "", StringComparison.Ordinal));
        }
        return site;
    }
}
