/**
 * The completion scripts of shells. A script only asks: `battbuild --complete WORD...` prints `files`, `folders`, or
 * `words` followed by one word a line, each with a tab and its description (suggestions.ts).
 */
import type { Shell } from '../options/option-words.js';

/** Reads lines in a loop, because bash 3 (of macOS) cannot read lines into an array. */
const BASH = `# Completion of battbuild for bash: source <(battbuild completion bash)
_battbuild() {
  local line kind= tab=$'\\t'
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("\${line%%"$tab"*}"); fi
  done < <("$1" --complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  case $kind in
    files) compopt -o default 2>/dev/null ;;
    folders) compopt -o dirnames 2>/dev/null ;;
  esac
}
complete -F _battbuild battbuild
`;

const ZSH = `#compdef battbuild
# Completion of battbuild for zsh: source <(battbuild completion zsh), after compinit
_battbuild() {
  local -a lines suggestions
  local line
  lines=("\${(@f)$("\${words[1]}" --complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  case $lines[1] in
    files) _files ;;
    folders) _files -/ ;;
    words)
      for line in "\${(@)lines[2,-1]}"; do
        suggestions+=("\${\${line//:/\\\\:}/$'\\t'/:}")
      done
      _describe battbuild suggestions
      ;;
  esac
}
if [[ $funcstack[1] = _battbuild ]]; then _battbuild; else compdef _battbuild battbuild; fi
`;

const FISH = `# Completion of battbuild for fish: battbuild completion fish | source
function __battbuild_complete
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    set -l lines ($words[1] --complete $words[2..-1] "$last" 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$last"
        case folders
            __fish_complete_directories "$last"
        case words
            printf '%s\\n' $lines[2..-1]
    end
end
complete -c battbuild -f -a '(__battbuild_complete)'
`;

export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
