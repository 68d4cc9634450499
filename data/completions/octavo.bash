# SPDX-License-Identifier: GPL-3.0-or-later
# Completions of octavo for bash, with bash-completion.
# shellcheck shell=bash

# What octavo says, of the file that the words so far name; nothing where it has nothing to say.
_octavo_ask()
{
    local i file=()
    for ((i = 1; i < cword; i++)); do
        case ${words[i]} in
            --database) ((i + 1 < cword)) && file=(--database "$(_octavo_unquote "${words[i + 1]}")") ;;
            --database=*) file=(--database "$(_octavo_unquote "${words[i]#*=}")") ;;
        esac
    done
    OCTAVO_COMPLETING=1 command octavo "${file[@]}" "$@" 2>/dev/null </dev/null
}

# A word as the shell will read it; what would run something stays as it is.
_octavo_unquote()
{
    local word=$1
    case $word in
        *['$`']*) ;;
        '~'/*) word=$HOME${word#'~'} ;;
        \"*\" | \'*\') word=${word:1:${#word}-2} ;;
        *) word=${word//\\/} ;;
    esac
    printf '%s' "$word"
}

# Names, a line each, quoted where the shell asks for that.
_octavo_names()
{
    local name
    while IFS=$'\t' read -r name _; do
        [[ $name == "$cur"* ]] || [[ $name == "$(_octavo_unquote "$cur")"* ]] || continue
        COMPREPLY+=("$(printf '%q' "$name")")
    done
}

_octavo_ids()
{
    local id
    while IFS=$'\t' read -r id _; do
        [[ $id == "$cur"* ]] && COMPREPLY+=("$id")
    done
}

# The command, and how many words stand before the one that is completed, after it
_octavo_find_command()
{
    local i
    command='' n_words=0
    for ((i = 1; i < cword; i++)); do
        case ${words[i]} in
            --) is_options_end=1 ;;
            --database | --user | --search | --title | --tag | --untag | --sort | --limit | --offset | --body) ((i++)) ;;
            --note) ((i++)) ;;
            --version) [[ -z $command ]] || ((i++)) ;;
            -?*) ;;
            *) if [[ -z $command ]]; then command=${words[i]}; else ((n_words++)); note=${words[i]}; fi ;;
        esac
    done
}

_octavo_value()
{
    case $1 in
        --database) _filedir ;;
        --user) _octavo_names < <(_octavo_ask users) ;;
        --tag | --untag) _octavo_names < <(_octavo_ask tags) ;;
        --note) _octavo_ids < <(_octavo_ask list --limit 100) ;;
        --sort)
            local orders='updated created title'
            [[ $command == search ]] && orders+=' relevance'
            mapfile -t COMPREPLY < <(compgen -W "$orders" -- "$cur")
            ;;
        --body) mapfile -t COMPREPLY < <(compgen -W '-' -- "$cur") ;;
        --version)
            [[ -n $command ]] || return 1
            [[ -z $note ]] || _octavo_ids < <(_octavo_ask versions -- "$note")
            ;;
        --title | --search | --limit | --offset) ;;
        *) return 1 ;;
    esac
}

_octavo_options()
{
    case $command in
        '') echo --user --new-note --search --note --version ;;
        add) echo --title --tag --user ;;
        list) echo --sort --limit --offset --json --user ;;
        search) echo --sort --limit --offset --json --user ;;
        show) echo --version --json ;;
        edit) echo --title --body --tag --untag --pin --unpin ;;
        trash) ;;
        restore) echo --version ;;
        delete) ;;
        versions) echo --json ;;
        tags) echo --json ;;
        users) echo --json ;;
        import) echo --dry-run --folders-as-tags --user ;;
        undo-import) ;;
        export) echo --user ;;
        backup) echo --now --list --json ;;
        restore-backup) echo --note --as-new ;;
        check) echo --json ;;
        repair) echo --json ;;
        help) ;;
    esac
    echo --database --help
}

_octavo_words()
{
    local commands='add list search show edit trash restore delete versions tags users import undo-import export backup
                    restore-backup check repair help'
    case $command in
        '')
            mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur")
            ((${#COMPREPLY[@]})) || _filedir '@(md|markdown)'
            ;;
        help) ((n_words)) || mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur") ;;
        show | edit | versions) ((n_words)) || _octavo_ids < <(_octavo_ask list --limit 100) ;;
        trash | delete) _octavo_ids < <(_octavo_ask list --limit 100) ;;
        restore) _octavo_ids < <(_octavo_ask search --limit 100 is:trashed) ;;
        import) _filedir '@(md|markdown)' ;;
        export) ((n_words)) || _filedir -d ;;
        backup | restore-backup) ((n_words)) || _filedir ;;
    esac
}

_octavo()
{
    local cur prev words cword
    local command n_words note='' is_options_end=''
    _init_completion -n =: || return

    _octavo_find_command
    if [[ -z $is_options_end && $cur == --*=* ]]; then
        local option=${cur%%=*}
        cur=${cur#*=}
        _octavo_value "$option"
        # Where = breaks words, readline replaces what stands after it; else the whole word.
        [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${COMPREPLY[@]/#/$option=}")
    elif [[ -z $is_options_end ]] && _octavo_value "$prev"; then
        return
    elif [[ -z $is_options_end && $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_octavo_options)" -- "$cur")
    else
        _octavo_words
    fi
    [[ $COMP_WORDBREAKS != *:* ]] || __ltrim_colon_completions "$cur"
} &&
    complete -F _octavo octavo
