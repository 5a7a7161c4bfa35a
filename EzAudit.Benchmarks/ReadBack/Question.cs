namespace EzAudit.Benchmarks.ReadBack;

/// <summary>A question about a log file, and the shell command that asks each program; <c>$FILE</c> is the file.</summary>
/// <param name="Name">The question in words.</param>
/// <param name="Limit">The most seconds that EzAudit may take for a file of 1 GiB.</param>
/// <param name="Api">The name of the question in this program.</param>
/// <param name="Tool">The arguments of the command-line tool.</param>
/// <param name="Others">The command of each other program.</param>
internal sealed record Question(string Name, double Limit, string Api, string Tool, IReadOnlyDictionary<string, string> Others)
{
    private const string Actor = "editor:16";
    private const string Word = "administrator";

    private static readonly Dictionary<string, string> Records = new()
    {
        ["mawk"] = $$$"""mawk 'BEGIN{RS="";FS="\n"} index($1,"] [{{{Actor}}}]") && $1 ~ /^\[ Nov (10|11|12) 2026/ {for(i=2;i<=NF;i++) if(index($i,"Comment: ")==1 && index($i,"{{{Word}}}")) {print $0 "\n"; break}}' $FILE""",
        ["perl"] = $$"""perl -e 'local $/=""; while(<>) { print if /^\[ Nov (?:10|11|12) 2026 [^\n]*\] \[{{Actor}}\]\n/ && /\nComment: [^\n]*{{Word}}/ }' $FILE""",
    };

    public static IReadOnlyList<Question> All { get; } =
    [
        new($"whole records of one user in a 3-day window whose field contains a word, reading everything", 0.25, "all", $"search -o classic --thorough {Terms} $FILE", Records),
        new("the same, using the window to skip data", 0.12, "window", $"search -o classic {Terms} $FILE", Records),
        new("count the records of one user", 0.25, "count", $"search --count --actor {Actor} $FILE", new Dictionary<string, string>
        {
            ["grep"] = $"grep -cF '] [{Actor}]' $FILE",
            ["rg"] = $"rg -cF '] [{Actor}]' $FILE",
            ["mawk"] = $$"""mawk 'index($0,"] [{{Actor}}]") {n++} END{print n}' $FILE""",
        }),
        new("report over everything: by actor, by function, by day", 1.0, "report", "report summary -o csv $FILE", new Dictionary<string, string>
        {
            ["mawk"] = """mawk '/^\[ /{n=split($0,p,/\] \[/); a[substr(p[n],1,length(p[n])-1)]++; d[substr($0,3,11)]++; f++} END{for(k in a) print k, a[k]; for(k in d) print k, d[k]; print "all", f}' $FILE | sort""",
            ["perl"] = """perl -ne 'if (/^\[ (.{11}) [^\]]*\] \[[^\]]*\] \[([^\]]*)\]/) { $a{$2}++; $d{$1}++; $f++ } END { print "$_ $a{$_}\n" for keys %a; print "$_ $d{$_}\n" for keys %d; print "all $f\n" }' $FILE | sort""",
        }),
    ];

    private static string Terms => $"--actor {Actor} --since 2026-11-10T00:00:00Z --until 2026-11-13T00:00:00Z --field-contains 'Comment={Word}'";
}
