using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit completion</c>, and the questions that its scripts ask the tool.</summary>
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

        Assert.AreEqual("seal search\nmy-new-audit\norder-delete\nfailure\n", output);
    }

    [TestMethod]
    public void FishCompletesCommandsAndFunctionNames()
    {
        Needs.Programs("bash", "fish");
        using ToolSite site = ToolSite.OfShop();

        const string Ask = "complete -C 'ezaudit sea'; complete -C 'true; ezaudit explain order-d'; complete -C 'ezaudit search --outcome f'";

        Assert.AreEqual("seal\nsearch\norder-delete\nfailure\n", site.RunShell($"{Program()}\nezaudit completion fish > ez.fish\nfish -c \"source ez.fish; {Ask}\"").Expect());
    }

    // Autoloaded, as from a directory in fpath: the first completion loads it.
    [TestMethod]
    public void ZshCompletesFromTheFirstTime()
    {
        Needs.Programs("bash", "zsh");
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write("ask.zsh", """
            fpath=($PWD $fpath)
            autoload -Uz _ezaudit
            compadd() { print -- "${(P)2}" }
            words=(ezaudit explain order-d); CURRENT=3
            _ezaudit
            words=(ezaudit search --outcome f ignored); CURRENT=4
            _ezaudit
            """);

        Assert.AreEqual("order-delete\nfailure\n", site.RunShell($"{Program()}\nezaudit completion zsh > _ezaudit\nzsh -f ask.zsh").Expect());
    }

    // Other shells cannot call bash's functions.
    private static string Program() => "mkdir bin; printf '#!/bin/sh\\nexec dotnet \"%s\" \"$@\"\\n' '" + ToolSite.Binary + "' > bin/ezaudit; chmod +x bin/ezaudit; PATH=$PWD/bin:$PATH";

    [TestMethod]
    [DataRow("zsh", "#compdef ezaudit\n")]
    [DataRow("fish", "# fish completion of ezaudit\n")]
    public void OtherShellsHaveTheirScript(string shell, string start)
    {
        using var site = new ToolSite();

        StringAssert.StartsWith(site.Run("completion", shell).Expect(), start, StringComparison.Ordinal);
    }

    [TestMethod]
    public void AnotherShellExitsWith2()
    {
        using var site = new ToolSite();

        Assert.AreEqual(2, site.Run("completion", "powershell").ExitCode);
    }
}
