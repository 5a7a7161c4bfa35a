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
    private const string JsonActor = "\"actor\":{\"login\":\"editor\",\"id\":\"16\"}";
    private const string Word = "administrator";

    // A line of json holds more bytes for the same record.
    private const double JsonAllowance = 1.5;

    /// <summary>The questions about a file of a format, <c>classic</c> or <c>json</c>.</summary>
    public static IEnumerable<Question> Of(string format) => format == "json"
        ? Make(JsonRecords, JsonCount, JsonReport).Select(question => question with { Limit = question.Limit * JsonAllowance })
        : Make(ClassicRecords, ClassicCount, ClassicReport);

    private static IEnumerable<Question> Make(Dictionary<string, string> records, Dictionary<string, string> count, Dictionary<string, string> report) =>
    [
        new("whole records of one user in a 3-day window whose field contains a word, reading everything", 0.25, "all", $"search -o classic --thorough {Terms} $FILE", records),
        new("the same, using the window to skip data", 0.12, "window", $"search -o classic {Terms} $FILE", records),
        new("count the records of one user", 0.25, "count", $"search --count --actor {Actor} $FILE", count),
        new("report over everything: by actor, by function, by day", 1.0, "report", "report summary -o csv $FILE", report),
    ];

    private static readonly Dictionary<string, string> ClassicRecords = new()
    {
        ["mawk"] = $$$"""mawk 'BEGIN{RS="";FS="\n"} index($1,"] [{{{Actor}}}]") && $1 ~ /^\[ Nov (10|11|12) 2026/ {for(i=2;i<=NF;i++) if(index($i,"Comment: ")==1 && index($i,"{{{Word}}}")) {print $0 "\n"; break}}' $FILE""",
        ["perl"] = $$"""perl -e 'local $/=""; while(<>) { print if /^\[ Nov (?:10|11|12) 2026 [^\n]*\] \[{{Actor}}\]\n/ && /\nComment: [^\n]*{{Word}}/ }' $FILE""",
    };

    private static readonly Dictionary<string, string> ClassicCount = new()
    {
        ["grep"] = $"grep -cF '] [{Actor}]' $FILE",
        ["rg"] = $"rg -cF '] [{Actor}]' $FILE",
        ["mawk"] = $$"""mawk 'index($0,"] [{{Actor}}]") {n++} END{print n}' $FILE""",
    };

    private static readonly Dictionary<string, string> ClassicReport = new()
    {
        ["mawk"] = """mawk '/^\[ /{n=split($0,p,/\] \[/); a[substr(p[n],1,length(p[n])-1)]++; d[substr($0,3,11)]++; f++} END{for(k in a) print k, a[k]; for(k in d) print k, d[k]; print "all", f}' $FILE | sort""",
        ["perl"] = """perl -ne 'if (/^\[ (.{11}) [^\]]*\] \[[^\]]*\] \[([^\]]*)\]/) { $a{$2}++; $d{$1}++; $f++ } END { print "$_ $a{$_}\n" for keys %a; print "$_ $d{$_}\n" for keys %d; print "all $f\n" }' $FILE | sort""",
    };

    private static readonly Dictionary<string, string> JsonRecords = new()
    {
        ["grep"] = $$"""grep -F '{{JsonActor}}' $FILE | grep '^{"time":"2026-11-1[012]T' | grep '\["Comment","[^"]*{{Word}}'""",
        ["perl"] = $$"""perl -ne 'print if /^\{"time":"2026-11-1[012]T/ && index($_, q({{JsonActor}})) >= 0 && /\["Comment","[^"]*{{Word}}/' $FILE""",
    };

    private static readonly Dictionary<string, string> JsonCount = new()
    {
        ["grep"] = $"grep -cF '{JsonActor}' $FILE",
        ["rg"] = $"rg -cF '{JsonActor}' $FILE",
        ["perl"] = $"perl -ne '$n++ if index($_, q({JsonActor})) >= 0; END {{ print \"$n\\n\" }}' $FILE",
    };

    private static readonly Dictionary<string, string> JsonReport = new()
    {
        ["perl"] = """perl -ne 'if (/^\{"time":"2026-11-(..)T.*?"actor":\{"login":"([^"]*)","id":"([^"]*)"/) { $a{"$2:$3"}++; $d{"Nov $1 2026"}++; $f++ } END { print "$_ $a{$_}\n" for keys %a; print "$_ $d{$_}\n" for keys %d; print "all $f\n" }' $FILE | sort""",
    };

    private static string Terms => $"--actor {Actor} --since 2026-11-10T00:00:00Z --until 2026-11-13T00:00:00Z --field-contains 'Comment={Word}'";
}
