using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Output;

/// <summary>What people see on a terminal: script(1) provides one for the tool.</summary>
[TestClass]
public sealed class TerminalTests
{
    private const string Escape = "\u001b";

    [TestMethod]
    public void TablesAreColouredAndRuled()
    {
        string output = OnTerminal("TERM=xterm ezaudit report functions");

        StringAssert.Contains(output, Escape + "[", StringComparison.Ordinal);
        StringAssert.Contains(output, "╭", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("ezaudit report functions")]
    [DataRow("NO_COLOR=1 ezaudit report functions")]
    [DataRow("ezaudit search -o table")]
    [DataRow("ezaudit search --help")]
    public void TheModeOfTheTerminalIsNotChanged(string command) => Assert.DoesNotContain(Escape + "[?", OnTerminal("TERM=xterm " + command));

    [TestMethod]
    public void ATableIsAsWideAsTheTerminal() =>
        StringAssert.Contains(OnTerminal("stty cols 50; TERM=xterm ezaudit search -o table -n 1"), "2026-11-20 08:00:00  order-delete  admin:14  10.0…", StringComparison.Ordinal);

    [TestMethod]
    [DataRow("TERM=xterm NO_COLOR=1")]
    [DataRow("TERM=dumb")]
    public void ColoursCanBeTurnedOff(string environment)
    {
        string output = OnTerminal($"{environment} ezaudit report functions");

        Assert.DoesNotContain(Escape, output);
        StringAssert.Contains(output, "order-delete        2", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ARecordCannotSteerTheTerminal()
    {
        string output = OnTerminal("TERM=xterm ezaudit search --contains evil");

        Assert.DoesNotContain(Escape, output);
        StringAssert.Contains(output, "Comment: evil \\u{1b}[2J", StringComparison.Ordinal);
    }

    private static string OnTerminal(string command)
    {
        Needs.Programs("bash", "script");
        using ToolSite site = ToolSite.OfShop();
        site.Log("login.log", "[ Nov 22 2026 16:00:00 ] [10.0.0.7] [editor:16]\nComment: evil \u001b[2J\n\n");
        // script hands the command to $SHELL, and Debian's sh does not pass functions on.
        return site.RunShell($"export -f ezaudit\nexport SHELL=$BASH\nscript -qec \"bash -c '{command}'\" /dev/null < /dev/null").Expect();
    }
}
