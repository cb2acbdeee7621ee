# Completion of plantrack in bash 4.4 or later, as `plantrack completion bash` prints it.

_plantrack() {
  local program=$1 line
  type -P -- "$program" > /dev/null || program=plantrack
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      $'\tfiles') compopt -o default ;;
      $'\tfolders') compopt -o dirnames ;;
      $'\tnospace') compopt -o nospace ;;
      *) COMPREPLY+=("$line") ;;
    esac
  done < <(PLANTRACK_COMPLETE=bash COLUMNS=${COLUMNS-} "$program" \
    "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" "$COMP_TYPE" 2> /dev/null)
}

complete -o nosort -F _plantrack plantrack
