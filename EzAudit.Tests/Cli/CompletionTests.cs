using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli;

/// <summary><c>ezaudit completion</c>, and what it asks the tool.</summary>
[TestClass]
public sealed class CompletionTests
{
    [TestMethod]
    public void BashCompletesCommandsAndFunctionNames()
    {
        Needs.Programs("bash");
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAuditFileNames[my-new-audit]=info.log\n");

        const string Ask = """
            ask() { COMP_LINE="$1"; COMP_POINT=${#1}; read -ra COMP_WORDS <<<"$1"; [[ $1 == *' ' ]] && COMP_WORDS+=(''); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _ezaudit; echo "${COMPREPLY[@]}"; }
            """;

        string output = site.RunShell($"source <(ezaudit completion bash)\n{Ask}\nask 'ezaudit sea'\nask 'ezaudit search --function my'\nask 'ezaudit explain order-d'\nask 'ezaudit search --outcome f'").Expect();

        Assert.AreEqual("search\nmy-new-audit\norder-delete\nfailure\n", output);
    }

    [TestMethod]
    [DataRow("zsh", "#compdef ezaudit\n")]
    [DataRow("fish", "# fish completion of ezaudit\n")]
    public void OtherShellsHaveTheirScript(string shell, string start)
    {
        using var site = new ToolSite();

        StringAssert.StartsWith(site.Run("completion", shell).Expect(), start, StringComparison.Ordinal);
    }

    [TestMethod]
    public void AnotherShellIsTwo()
    {
        using var site = new ToolSite();

        Assert.AreEqual(2, site.Run("completion", "powershell").ExitCode);
    }
}
