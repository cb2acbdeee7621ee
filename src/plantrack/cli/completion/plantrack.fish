# Completion of plantrack in fish, as `plantrack completion fish` prints it.

function __plantrack_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l program $before[1]
    command -q $program; or set program plantrack
    set -l head (string match -r -- '^--[^=]*=' $current)
    for line in (PLANTRACK_COMPLETE=fish COLUMNS=$COLUMNS $program $before[2..] "$current" 2>/dev/null)
        switch $line
            case \tfiles
                __fish_complete_path (string sub -s (math (string length -- "$head") + 1) -- $current) | string replace -r '^' -- "$head"
            case \tfolders
                __fish_complete_directories (string sub -s (math (string length -- "$head") + 1) -- $current) | string replace -r '^' -- "$head"
            case '*'
                echo $line
        end
    end
end

complete -c plantrack -f -k -a '(__plantrack_complete)'
