# SPDX-License-Identifier: GPL-3.0-or-later
# Completions of octavo for fish.

# What octavo says, of the file that the words so far name; nothing where it has nothing to say.
function __octavo_ask
    set -l words (commandline -opc)
    set -l file
    for i in (seq 2 (count $words))
        if string match -q -- '--database=*' $words[$i]
            set file --database (string replace -- '--database=' '' $words[$i])
        else if test $words[$i] = --database; and test $i -lt (count $words)
            set file --database $words[(math $i + 1)]
        end
    end
    OCTAVO_COMPLETING=1 command octavo $file $argv 2>/dev/null </dev/null
end

# The words that are neither options nor values of them: the command and what it is about
function __octavo_words
    set -l words (commandline -opc)
    set -l with_value --database --user --search --note --title --tag --untag --sort --limit --offset --body
    set -l found
    set -l is_value
    for word in $words[2..-1]
        if test -n "$is_value"
            set is_value
        else if contains -- $word $with_value
            set is_value 1
        else if test "$word" = --version; and test -n "$found"
            set is_value 1
        else if not string match -q -- '-*' $word
            set -a found $word
        end
    end
    string join \n -- $found
end

function __octavo_has_no_command
    test -z (__octavo_words)[1]
end

function __octavo_command_is
    contains -- (__octavo_words)[1] $argv
end

function __octavo_command_is_bare
    set -l words (__octavo_words)
    test (count $words) -eq 1; and contains -- $words[1] $argv
end

function __octavo_names
    __octavo_ask $argv | string replace -r '\t(\d+)$' '\t$1 notes'
end

# Ids, each with the title of its note beside it
function __octavo_notes
    __octavo_ask list --limit 100 | string replace -r '^(\d+)\t[^\t]*\t([^\t]*).*' '$1\t$2'
end

function __octavo_trashed_notes
    __octavo_ask search --limit 100 is:trashed | string replace -r '^(\d+)\t[^\t]*\t([^\t]*).*' '$1\t$2'
end

function __octavo_versions
    set -l words (__octavo_words)
    test (count $words) -ge 2; and __octavo_ask versions -- $words[2] |
        string replace -r '^(\d+)\t([^\t]*)\t[^\t]*\t(.*)' '$1\t$2 $3'
end

complete -c octavo -f
complete -c octavo -n __octavo_has_no_command -a '(__fish_complete_suffix .md .markdown)'

complete -c octavo -n __octavo_has_no_command -a add -d 'Make a note, and print its id'
complete -c octavo -n __octavo_has_no_command -a list -d 'List the notes'
complete -c octavo -n __octavo_has_no_command -a search -d 'List the notes that a query finds'
complete -c octavo -n __octavo_has_no_command -a show -d 'Print a note, or what it said before'
complete -c octavo -n __octavo_has_no_command -a edit -d 'Change a note'
complete -c octavo -n __octavo_has_no_command -a trash -d 'Put notes into the trash'
complete -c octavo -n __octavo_has_no_command -a restore -d 'Take notes out of the trash, or go back'
complete -c octavo -n __octavo_has_no_command -a delete -d 'Delete notes for ever'
complete -c octavo -n __octavo_has_no_command -a versions -d 'List what a note said before'
complete -c octavo -n __octavo_has_no_command -a tags -d 'List the tags'
complete -c octavo -n __octavo_has_no_command -a users -d 'List the users'
complete -c octavo -n __octavo_has_no_command -a import -d 'Import Markdown files'
complete -c octavo -n __octavo_has_no_command -a undo-import -d 'Take back the last import'
complete -c octavo -n __octavo_has_no_command -a export -d 'Write Markdown files'
complete -c octavo -n __octavo_has_no_command -a backup -d 'Copy the whole file of notes'
complete -c octavo -n __octavo_has_no_command -a restore-backup -d 'Go back to a backup'
complete -c octavo -n __octavo_has_no_command -a check -d 'Look the file of notes over'
complete -c octavo -n __octavo_has_no_command -a repair -d 'Make a sound file of a damaged one'
complete -c octavo -n __octavo_has_no_command -a help -d 'Show all commands, or tell more of one'

# Options without a command, and of every command
complete -c octavo -l database -r -F -d 'Work on this file of notes'
complete -c octavo -s h -l help -d 'Show the help'
complete -c octavo -n __octavo_has_no_command -l user -x -a '(__octavo_names users)' -d 'Whose notes'
complete -c octavo -n __octavo_has_no_command -l new-note -d 'Open a small window for a quick note'
complete -c octavo -n __octavo_has_no_command -l search -x -d 'Search for this'
complete -c octavo -n __octavo_has_no_command -l note -x -k -a '(__octavo_notes)' -d 'Open this note'
complete -c octavo -n __octavo_has_no_command -l version -d 'Show the version'

# Options of some
complete -c octavo -n '__octavo_command_is add list search import export' -l user -x -a '(__octavo_names users)' -d 'Whose notes'
complete -c octavo -n '__octavo_command_is list search show versions tags users backup check repair' -l json -d 'Print JSON'
complete -c octavo -n '__octavo_command_is list search' -l limit -x -d 'At most this many'
complete -c octavo -n '__octavo_command_is list search' -l offset -x -d 'Leave the first ones out'
complete -c octavo -n '__octavo_command_is list' -l sort -x -a 'updated created title' -d 'In which order'
complete -c octavo -n '__octavo_command_is search' -l sort -x -a 'updated created title relevance' -d 'In which order'
complete -c octavo -n '__octavo_command_is add edit' -l title -x -d 'The title'
complete -c octavo -n '__octavo_command_is add edit' -l tag -x -a '(__octavo_names tags)' -d 'A tag to give it'
complete -c octavo -n '__octavo_command_is edit' -l untag -x -a '(__octavo_names tags)' -d 'A tag to take off'
complete -c octavo -n '__octavo_command_is edit' -l body -x -a '-' -d 'Its new text; - reads it'
complete -c octavo -n '__octavo_command_is edit' -l pin -d 'Pin it to the top of the list'
complete -c octavo -n '__octavo_command_is edit' -l unpin -d 'Pin it no more'
complete -c octavo -n '__octavo_command_is show restore' -l version -x -k -a '(__octavo_versions)' -d 'What it said before'
complete -c octavo -n '__octavo_command_is import' -l dry-run -d 'Only say what would be done'
complete -c octavo -n '__octavo_command_is import' -l folders-as-tags -d 'Make folders into tags'
complete -c octavo -n '__octavo_command_is backup' -l now -d 'Add one to the daily backups'
complete -c octavo -n '__octavo_command_is backup' -l list -d 'List the backups that there are'
complete -c octavo -n '__octavo_command_is restore-backup' -l note -x -k -a '(__octavo_notes)' -d 'Only this note'
complete -c octavo -n '__octavo_command_is restore-backup' -l as-new -d 'As a new note'

# What the commands are about
complete -c octavo -n '__octavo_command_is_bare show edit versions' -k -a '(__octavo_notes)'
complete -c octavo -n '__octavo_command_is trash delete' -k -a '(__octavo_notes)'
complete -c octavo -n '__octavo_command_is restore' -k -a '(__octavo_trashed_notes)'
complete -c octavo -n '__octavo_command_is_bare backup restore-backup' -F
complete -c octavo -n '__octavo_command_is import' -F
complete -c octavo -n '__octavo_command_is_bare export' -x -a '(__fish_complete_directories)'
complete -c octavo -n '__octavo_command_is_bare help' -a 'add list search show edit trash restore delete versions tags users import undo-import export backup restore-backup check repair help'
