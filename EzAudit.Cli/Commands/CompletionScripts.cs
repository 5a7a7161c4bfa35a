namespace EzAudit.Cli.Commands;

/// <summary>The completion scripts. They all call the tool: <c>ezaudit [suggest:POSITION] "LINE"</c> prints one proposal per line.</summary>
internal static class CompletionScripts
{
    private const string Bash = """
        # bash completion of ezaudit
        _ezaudit() {
            local IFS=$'\n'
            local word="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=($(compgen -W "$(ezaudit "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _ezaudit ezaudit

        """;

    private const string Zsh = """
        #compdef ezaudit
        # zsh completion of ezaudit
        _ezaudit() {
            local -a proposals
            local line="${(j: :)words[1,CURRENT]}"
            proposals=("${(@f)$(ezaudit "[suggest:${#line}]" "$line" 2>/dev/null)}")
            if (( ${#proposals} )) && [[ -n ${proposals[1]} ]]; then
                compadd -a proposals
            else
                _files
            fi
        }
        # Autoloaded, this file is the body of the function and must answer immediately.
        if [[ $funcstack[1] == _ezaudit ]]; then _ezaudit "$@"; else compdef _ezaudit ezaudit; fi

        """;

    private const string Fish = """
        # fish completion of ezaudit
        complete -c ezaudit -a '(set -l line (commandline -cp); ezaudit "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'

        """;

    public static string[] Shells => ["bash", "zsh", "fish"];

    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        _ => Fish,
    };
}
