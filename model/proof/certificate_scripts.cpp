// The programs that come with a certificate: other solvers answer its questions, another checker reads proofs of them.
// Touches no file, and runs nothing.
#include "model/proof/certificate_scripts.hpp"

namespace mdcd::model::proof {

// Whoever has only this folder can run it: a POSIX shell, b2sum of the GNU core utilities, and the solvers.
const char* const script_of_answers = R"sh(#!/bin/sh
# Has every question of this certificate answered anew: sh check.sh [SOLVER...]; without arguments by cvc5 and z3.
# Exit 0: every file is as it was written, and every answer is the one that was written down. Exit 1: not so.
# Exit 69: a solver is not installed.
set -u
cd "$(dirname "$0")" || exit 1
[ $# -gt 0 ] || set -- cvc5 z3
b2sum --length=256 --check --quiet hashes || { echo "a file is not what it was"; exit 1; }
wrong=0
written=$(grep -c '"file": ' manifest.json)
for solver in "$@"; do
    command -v "$solver" >/dev/null || { echo "$solver is not installed"; exit 69; }
    asked=0
    proved=0
    while read -r _ file; do
        case $file in *.smt2) ;; *) continue ;; esac
        expected=$(sed -n 's/^(set-info :status \([a-z]*\))$/\1/p' "$file")
        answer=$("$solver" "$file" 2>&1 </dev/null | head -n 1)
        asked=$((asked + 1))
        [ "$answer" != unsat ] || proved=$((proved + 1))
        if [ "$answer" != "$expected" ]; then
            echo "$solver: $file: $answer, and not ${expected:-answered before}"
            wrong=$((wrong + 1))
        fi
    done <hashes
    echo "$solver: $asked questions, $proved of them unsat"
    if [ "$asked" -eq 0 ] || [ "$asked" -ne "$written" ]; then
        echo "the manifest lists $written questions"
        exit 1
    fi
done
[ "$wrong" -eq 0 ] || { echo "$wrong answers are others"; exit 1; }
)sh";

// The same, and POSIX awk.
const char* const script_of_proofs = R"sh(#!/bin/sh
# Has cvc5 prove every question of this certificate that was answered unsat, and another program check each proof:
# sh proofs.sh [FOLDER...]; without arguments in all folders.
# The checker is that of LFSC: lfscc, or the program that LFSC_CHECKER names. LFSC_SIGNATURES names the folder with the
# rules of that version of cvc5 (proofs/lfsc/signatures in its source). proof.awk compares what a proof assumes with the
# question; what it only asserts is put to z3, each step by itself.
# Exit 0: all of that is as it should be. Exit 1: not so. Exit 69: what is needed is not installed.
set -u
cd "$(dirname "$0")" || exit 1
checker=${LFSC_CHECKER:-lfscc}
rules=""
for each in core_defs util_defs theory_def nary_programs boolean_programs boolean_rules cnf_rules equality_rules \
    arith_programs arith_rules quantifiers_rules; do
    each=${LFSC_SIGNATURES:-signatures}/$each.plf
    [ -r "$each" ] || { echo "$each is not there: LFSC_SIGNATURES names a folder of rules"; exit 69; }
    rules="$rules$each
"
done
for program in cvc5 z3 "$checker"; do
    command -v "$program" >/dev/null || { echo "$program is not installed"; exit 69; }
done
b2sum --length=256 --check --quiet hashes || { echo "a file is not what it was"; exit 1; }
[ $# -gt 0 ] || set -- $(sed -n 's,^[^ ]*  \([^ ]*\)/[^ ]*\.smt2$,\1,p' hashes | sort -u)
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM

# Of one question: sets `outcome` and leaves in $scratch/steps what the proof only asserts.
prove() {
    outcome="not produced"
    timeout 300 cvc5 --dump-proofs --proof-format-mode=lfsc --proof-granularity=theory-rewrite --simplification=none \
        "$1" >"$scratch/answer" 2>&1 </dev/null
    if [ "$(head -n 1 "$scratch/answer")" != unsat ] || ! grep -q '^(check$' "$scratch/answer"; then
        echo "$1: no proof: $(head -n 1 "$scratch/answer")"
        return 0
    fi
    outcome=refused
    tail -n +2 "$scratch/answer" >"$scratch/proof.plf"
    if ! awk -v out="$scratch/steps.smt2" -f proof.awk "$1" "$scratch/proof.plf" >"$scratch/steps"; then
        echo "$1: refused: $(tail -n 1 "$scratch/steps")"
        return 0
    fi
    old=$IFS
    IFS='
'
    set -- "$1" $rules
    IFS=$old
    question=$1
    shift
    "$checker" "$@" "$scratch/proof.plf" >"$scratch/verdict" 2>&1 </dev/null
    if [ $? -ne 0 ] || [ "$(tail -n 1 "$scratch/verdict")" != success ]; then
        echo "$question: refused by $checker: $(head -n 1 "$scratch/verdict")"
        return 0
    fi
    outcome="not confirmed"
    read -r steps different _ <"$scratch/steps"
    z3 "$scratch/steps.smt2" >"$scratch/answers" 2>&1 </dev/null
    if [ "$(grep -c '^unsat$' "$scratch/answers")" -ne "$different" ] ||
        [ "$(grep -c '' "$scratch/answers")" -ne "$different" ]; then
        echo "$question: a step is not confirmed: $(grep -v '^unsat$' "$scratch/answers" | head -n 1)"
        return 0
    fi
    outcome=checked
    [ "$steps" -gt 0 ] || outcome="checked whole"
}

wrong=0
for folder in "$@"; do
    : >"$scratch/outcomes"
    : >"$scratch/kinds"
    for file in "$folder"/*.smt2; do
        grep -q '^(set-info :status unsat)$' "$file" || continue
        prove "$file"
        echo "$outcome" >>"$scratch/outcomes"
        [ "$outcome" != checked ] || cat "$scratch/steps" >>"$scratch/kinds"
    done
    checked=$(grep -c '^checked' "$scratch/outcomes")
    asked=$(grep -c '' "$scratch/outcomes")
    echo "$folder: $asked questions answered unsat, $checked of them with a proof that was checked," \
        "$(grep -c '^checked whole$' "$scratch/outcomes") of these without a step that is only asserted;" \
        "$(grep -c '^not produced$' "$scratch/outcomes") not produced, $(grep -c '^refused$' "$scratch/outcomes")" \
        "refused, $(grep -c '^not confirmed$' "$scratch/outcomes") with a step that is not confirmed"
    awk '{ for (i = 3; i < NF; i += 2) sum[$i] += $(i + 1) } END { for (kind in sum) print kind, sum[kind] }' \
        "$scratch/kinds" | sort | sed 's/^/    steps that are only asserted, confirmed by z3: /'
    [ "$asked" -gt 0 ] && [ "$checked" -eq "$asked" ] || wrong=1
done
exit $wrong
)sh";

const char* const reader_of_proofs =
    R"awk(# awk -v out=STEPS -f proof.awk QUESTION PROOF: a question (SMT-LIB 2) and cvc5's proof (LFSC).
# Refuses a proof that assumes anything but assertions of the question, that is of anything but a contradiction,
# or that says what a checker would believe unread. What it only asserts ("trust") goes to STEPS, each as a
# question to a solver. Prints how many such steps there are, how many of them differ, and how many are of which kind.

function refuse(why) { print why; refused = 1; exit 1 }

# A term is a number; equal terms have the same one.
function term(h, a, b, c,    key) {
    key = h SUBSEP a SUBSEP b SUBSEP c
    if (key in number_of) return number_of[key]
    number_of[key] = ++terms
    head[terms] = h
    first[terms] = a
    second[terms] = b
    third[terms] = c
    if (h ~ /^(true|false|not|and|or|=>|=|a\.(<=?|>=?))$/) sort[terms] = "Bool"
    else if (h == "int") sort[terms] = "Int"
    else if (h ~ /^(real|to_real)$/) sort[terms] = "Real"
    else if (h == "ite") sort[terms] = sort[b]
    else if (h ~ /^(a\.[+*]|skolem)$/) sort[terms] = sort[a]
    return terms
}

# (and a b) of SMT-LIB is (and a (and b true)) in LFSC.
function chain(h, from, end) {
    for (; top >= from; --top) end = term(h, stack[top], end)
    return end
}

# What stands on the stack from `base` on: a head and its parts.
function in_question(base,    h, n) {
    h = stack[base]
    n = top - base
    if (h == "and") return chain(h, base + 1, term("true"))
    if (h == "or") return chain(h, base + 1, term("false"))
    if (h == "+") return chain("a.+", base + 1, term("int", "0"))
    if (h ~ /^(<=?|>=?)$/ && n == 2) return term("a." h, stack[base + 1], stack[base + 2])
    if (h == "not" && n == 1 || h ~ /^(=|=>)$/ && n == 2 || h == "ite" && n == 3) return in_proof(base)
    refuse("a term of the question is not known here: " h " with " n " parts")
}

function in_proof(base,    h, n) {
    h = stack[base]
    n = top - base
    if (h == "~" && n == 1) return "-" stack[base + 1]
    if (n > 3) refuse("a term of the proof is not known here: " h " with " n " parts")
    return term(h, n > 0 ? stack[base + 1] : "", n > 1 ? stack[base + 2] : "", n > 2 ? stack[base + 3] : "")
}

function known(name) {
    if (!(name in meaning)) refuse("unknown name: " name)
    return meaning[name]
}

function atom(word) {
    if (question) return word ~ /^[0-9]+$/ ? term("int", word) : word ~ /^(true|false)$/ ? term(word) : known(word)
    if (word ~ /^[0-9]+(\/[0-9]+)?$/) return word # of (int ..), (real ..)
    return word ~ /^(cvc\.|t[0-9])/ ? known(word) : term(word)
}

# The term at word `at`, which is then after it.
function read_term(    depth, base, t, opened) {
    top = 0
    do {
        if (at > words) refuse("a term has no end")
        if (word[at + (word[at] == "(")] ~ /^[()]$/ && (word[at] == "(" || depth == 0)) refuse("a term has no head")
        if (word[at] == "(") {
            opened[++depth] = top + 1
            stack[++top] = word[at + 1]
            at += 2
            continue
        }
        if (word[at] == ")") {
            base = opened[depth--]
            t = question ? in_question(base) : in_proof(base)
            top = base - 1
        } else t = atom(word[at])
        stack[++top] = t
        ++at
    } while (depth > 0)
    return t
}

function expect(what) {
    if (word[at] != what) refuse("\"" what "\" was expected, and not \"" word[at] "\"")
    ++at
}

function give(name, t) {
    if (name in meaning) refuse("two meanings of " name)
    meaning[name] = t
}

# All words of a file but its comments. The comment after an asserted step says of which kind it is.
function read_words(    text, i, n, parts) {
    text = $0
    if (match(text, /;.*/)) {
        if (text ~ /^\(trust .*; from [A-Z_]+$/) kind[words + 1] = substr(text, RSTART + 7)
        text = substr(text, 1, RSTART - 1)
    }
    gsub(/[()]/, " & ", text)
    n = split(text, parts)
    for (i = 1; i <= n; ++i) word[++words] = parts[i]
}

function read_question(    command, name) {
    question = 1
    for (at = 1; at <= words; expect(")")) {
        expect("(")
        command = word[at++]
        if (command == "declare-const") {
            name = word[at++]
            variable[name] = word[at++]
            give(name, term("cvc." name))
            sort[meaning[name]] = variable[name]
        } else if (command == "define-fun") {
            name = word[at]
            at += 4 # no parameters, and a sort
            give(name, read_term())
        } else if (command == "assert") asserted[read_term()] = 1
        else if (command ~ /^(set-logic|set-info|check-sat)$/) while (word[at] != ")") ++at
        else refuse("a command of the question is not known here: " command)
    }
    question = 0
    for (name in meaning) delete meaning[name]
}

# Names for terms, (@ name term: how many, with their names in `named`.
function read_names(    n) {
    for (n = 0; word[at] == "(" && word[at + 1] == "@"; ++n) {
        named[n] = word[at + 2]
        if (named[n] !~ /^t[0-9]+$/) refuse("a term is called " named[n])
        at += 3
        give(named[n], read_term())
    }
    return n
}

# Of a variable of the question, or of a part of it.
function read_definition(    name, n) {
    at += 2
    name = word[at++]
    if (name !~ /^cvc\./) refuse("it defines " name)
    if (word[at + 1] == "var") {
        if (word[at + 2] in taken || variable[substr(name, 5)] != word[at + 3])
            refuse("no variable of the question: " name)
        taken[word[at + 2]] = 1
        give(name, term(name))
        at += 5
    } else {
        n = read_names()
        give(name, read_term())
        while (n > 0) {
            expect(")")
            delete meaning[named[--n]]
        }
    }
    expect(")")
}

function read_assumption() {
    if (word[at + 2] !~ /^a[0-9]+$/) refuse("an assumption is called " word[at + 2])
    at += 3
    expect("(")
    expect("holds")
    if (!(read_term() in asserted)) refuse("it assumes what the question does not assert")
    expect(")")
}

function read_asserted_step(    from, t) {
    from = at in kind ? kind[at] : "unnamed"
    at += 2
    t = read_term()
    expect(")")
    ++steps
    ++of_kind[from]
    if (!(t in seen)) step[++different] = t
    seen[t] = 1
}

function read_proof(    depth) {
    at = 1
    while (word[at + 1] == "define") read_definition()
    expect("(")
    expect("check")
    depth = 1 + read_names()
    for (; word[at + 1] == "#"; ++depth) read_assumption()
    expect("(")
    expect(":")
    expect("(")
    expect("holds")
    expect("false")
    expect(")")
    for (++depth; depth > 0;) {
        if (at > words) refuse("it has no end")
        if (word[at] == "(" && word[at + 1] == "trust") read_asserted_step()
        else {
            if (word[at] == "trust") refuse("a step is asserted where no step stands")
            if (word[at] ~ /^[\\#@%]$/ && word[at + 1] !~ /^[ap][0-9]+$/) refuse("it binds " word[at + 1])
            depth += word[at] == "(" ? 1 : word[at] == ")" ? -1 : 0
            ++at
        }
    }
    if (at <= words) refuse("it goes on after its end")
}

function number(text, of,    minus, parts) {
    minus = sub(/^-/, "", text)
    if (of == "real") {
        split(text, parts, "/")
        text = "(/ " parts[1] ".0 " parts[2] ".0)"
    }
    return minus ? "(- " text ")" : text
}

# The name of a term in STEPS: defined there before what it is part of. A skolem constant is the term for which it
# stands.
function written(t,    h, text) {
    if (t in name_of) return name_of[t]
    h = head[t]
    if (h ~ /^cvc\./) name_of[t] = substr(h, 5)
    else if (h == "int" || h == "real") name_of[t] = number(first[t], h)
    else if (h == "true" || h == "false") name_of[t] = h
    else if (h == "skolem") name_of[t] = written(first[t])
    else {
        if (sort[t] == "") refuse("an asserted step is about what is not known here: " h)
        text = (h ~ /^a\./ ? substr(h, 3) : h) " " written(first[t])
        if (second[t] != "") text = text " " written(second[t])
        if (third[t] != "") text = text " " written(third[t])
        name_of[t] = "term." t
        print "(define-fun term." t " () " sort[t] " (" text "))" > out
    }
    return name_of[t]
}

FNR == 1 && NR > 1 {
    read_question()
    words = 0
    for (i in word) delete word[i]
}
{ read_words() }
END {
    if (refused) exit 1
    read_proof()
    printf "" > out
    for (name in variable) print "(declare-const " name " " variable[name] ")" > out
    for (i = 1; i <= different; ++i) {
        name = written(step[i])
        print "(push 1)\n(assert (not " name "))\n(check-sat)\n(pop 1)" > out
    }
    close(out)
    printf "%d %d", steps, different
    for (from in of_kind) printf " %s %d", from, of_kind[from]
    print ""
}
)awk";

} // namespace mdcd::model::proof
