//! Made-up histories, each with one thing wrong, and some with nothing wrong.

use super::check;

/// Client 1 writes s0 and o0, client 2 reads; both begin at 0.
const BEGIN: &str = r#"{"write":"s0.0","number":0,"present":true,"status":200,"seq":0,"sent":0,"done":0}
{"write":"o0","number":0,"present":true,"status":200,"seq":0,"sent":0,"done":0}
"#;

/// Written by client 1: thing, number, present, seq (0: unknown), sent, done.
type W = (&'static str, u64, bool, u64, u64, u64);
/// Read by a client: who, shows or is, number or presence, as of (0: none), sent, stale.
type R = (u64, &'static str, Shown, u64, u64, bool);

#[derive(Clone, Copy)]
enum Shown {
    Write(u64),
    Is(bool),
}

enum Line {
    W(W),
    R(R),
    Log(u64, u64, u64),
    Refused(&'static str, u64),
    /// A line that held story 0, from and to; told of this position then.
    Held(u64, u64, u64, u64),
    /// Node 0, at which all read, reached neither database nor Redis, from and until.
    CutOff(u64, u64),
}

use Line::{CutOff, Held, Log, Refused};
use Shown::{Is, Write};

const fn w(thing: &'static str, number: u64, present: bool, seq: u64, sent: u64, done: u64) -> Line {
    Line::W((thing, number, present, seq, sent, done))
}

const fn r(client: u64, thing: &'static str, shown: Shown, as_of: u64, sent: u64) -> Line {
    Line::R((client, thing, shown, as_of, sent, false))
}

const fn stale(client: u64, thing: &'static str, shown: Shown, as_of: u64, sent: u64) -> Line {
    Line::R((client, thing, shown, as_of, sent, true))
}

/// What is wrong ("" is nothing), and the history. Moments are milliseconds.
const TABLE: &[(&str, &[Line])] = &[
    ("", &[w("s0.0", 1, true, 5, 10, 20), r(1, "s0.0", Write(1), 5, 30), r(2, "s0.0", Write(1), 6, 5_000)]),
    // Others may be shown what was overtaken less than Δ ago, and more, if it says so.
    ("", &[w("s0.0", 1, true, 5, 10, 20), r(2, "s0.0", Write(0), 4, 900)]),
    ("", &[w("s0.0", 1, true, 5, 10, 20), stale(2, "s0.0", Write(0), 4, 9_000)]),
    ("older than Δ", &[w("s0.0", 1, true, 5, 10, 20), r(2, "s0.0", Write(0), 4, 1_100)]),
    ("own write not shown", &[w("s0.0", 1, true, 5, 10, 20), r(1, "s0.0", Write(0), 4, 30)]),
    ("own write not shown", &[w("s0.0", 1, true, 5, 10, 20), stale(1, "s0.0", Write(0), 4, 30)]),
    ("went back", &[w("s0.0", 1, true, 5, 10, 20), r(2, "s0.0", Write(1), 5, 30), r(2, "s0.0", Write(0), 4, 40)]),
    // Another's knowledge is not one's own.
    ("", &[w("s0.0", 1, true, 5, 10, 20), r(3, "s0.0", Write(1), 5, 30), r(2, "s0.0", Write(0), 4, 40)]),
    // Nor is what was seen of something else, if its position is lower.
    ("", &[w("s0.0", 1, true, 5, 10, 20), r(2, "o0", Is(true), 4, 30), r(2, "s0.0", Write(0), 4, 40)]),
    ("went back", &[w("s0.0", 1, true, 5, 10, 20), r(2, "o0", Is(true), 5, 30), r(2, "s0.0", Write(0), 4, 40)]),
    ("not what its position says", &[w("s0.0", 1, true, 5, 10, 20), r(2, "s0.0", Write(0), 6, 30)]),
    ("not what its position says", &[w("s0.0", 1, true, 5, 10, 20), r(2, "s0.0", Write(1), 4, 30)]),
    ("shown, and never written", &[r(2, "s0.0", Write(1), 4, 30)]),
    ("shown, and never written", &[r(2, "s0.0", Write(1), 4, 30), w("s0.0", 1, true, 5, 50, 60)]),
    ("refused, and shown", &[Refused("s0.0", 1), r(2, "s0.0", Write(1), 4, 30)]),
    // A write that was not answered is there or not, and once it was seen, it is.
    ("", &[w("s0.0", 1, true, 0, 10, 20), r(2, "s0.0", Write(0), 4, 5_000), r(2, "s0.0", Write(0), 9, 9_000)]),
    ("", &[w("s0.0", 1, true, 0, 10, 20), r(2, "s0.0", Write(0), 4, 30), r(2, "s0.0", Write(1), 5, 40)]),
    ("went back", &[w("s0.0", 1, true, 0, 10, 20), r(2, "s0.0", Write(1), 5, 30), r(2, "s0.0", Write(0), 4, 40)]),
    (
        "not what its position says",
        &[w("s0.0", 1, true, 0, 10, 20), r(3, "s0.0", Write(1), 5, 30), r(2, "s0.0", Write(0), 6, 40)],
    ),
    // Withdrawn: at once for who did it, after Δ for others; until it is out again.
    ("", &[w("o0", 1, false, 5, 10, 20), r(2, "o0", Is(true), 4, 900), r(1, "o0", Is(false), 0, 30)]),
    ("withdrawn, and shown", &[w("o0", 1, false, 5, 10, 20), r(1, "o0", Is(true), 4, 30)]),
    ("withdrawn, and shown", &[w("o0", 1, false, 5, 10, 20), r(2, "o0", Is(true), 4, 1_100)]),
    ("withdrawn, and shown", &[w("o0", 1, false, 5, 10, 20), stale(2, "o0", Is(true), 4, 1_100)]),
    ("", &[w("o0", 1, false, 5, 10, 20), CutOff(5, 900), stale(2, "o0", Is(true), 4, 1_100)]),
    ("withdrawn, and shown", &[w("o0", 1, false, 5, 10, 20), CutOff(5, 900), r(2, "o0", Is(true), 4, 1_100)]),
    ("withdrawn, and shown", &[w("o0", 1, false, 5, 10, 20), CutOff(5, 900), stale(2, "o0", Is(true), 4, 6_000)]),
    ("", &[w("o0", 1, false, 5, 10, 20), w("o0", 2, true, 6, 30, 40), r(2, "o0", Is(true), 6, 5_000)]),
    ("", &[w("o0", 1, false, 5, 10, 20), w("o0", 2, true, 0, 30, 40), r(2, "o0", Is(true), 6, 5_000)]),
    ("older than Δ", &[w("o0", 1, false, 5, 10, 20), w("o0", 2, true, 6, 30, 40), r(2, "o0", Is(false), 0, 5_000)]),
    ("own write not shown", &[w("o0", 1, false, 5, 10, 20), w("o0", 2, true, 6, 30, 40), r(1, "o0", Is(false), 0, 50)]),
    (
        "there and not there",
        &[
            w("o0", 1, false, 0, 10, 20),
            r(2, "o0", Is(true), 4, 30),
            r(2, "o0", Is(false), 5, 40),
            r(2, "o0", Is(true), 6, 50),
        ],
    ),
    ("", &[w("s0.0", 1, true, 5, 10, 20), Log(5, 1, 5)]),
    ("a gap in the log", &[w("s0.0", 1, true, 5, 10, 20), Log(5, 1, 4)]),
    ("acknowledged, and lost", &[w("s0.0", 1, true, 5, 10, 20), Log(4, 1, 4)]),
    ("", &[w("s0.0", 1, true, 5, 10, 20), Held(5, 20_000, 5, 30)]),
    ("", &[w("s0.0", 1, true, 5, 10, 20), Held(15, 20_000, 4, 30)]),
    ("", &[w("s0.0", 1, true, 5, 10, 20), Held(5, 9_000, 4, 30)]),
    ("held, and not told", &[w("s0.0", 1, true, 5, 10, 20), Held(5, 20_000, 4, 30)]),
    ("one position, two writes", &[w("s0.0", 1, true, 5, 10, 20), w("o0", 1, true, 5, 30, 40)]),
];

#[test]
fn each_wrong_is_found_and_nothing_else() {
    for (number, (wrong, lines)) in TABLE.iter().enumerate() {
        let history: String = BEGIN.chars().chain(lines.iter().map(text).collect::<String>().chars()).collect();
        let verdict = check(&history);
        let found: Vec<&str> = verdict.wrongs.iter().map(|wrong| wrong.kind).collect();
        let expected: Vec<&str> = Some(*wrong).filter(|wrong| !wrong.is_empty()).into_iter().collect();
        // One wrong can break more than one promise.
        let as_expected = if expected.is_empty() { found.is_empty() } else { found.contains(wrong) };
        assert!(as_expected, "history {number}: {expected:?}, not {found:?}:\n{history}{:#?}", verdict.wrongs);
    }
}

fn text(line: &Line) -> String {
    let line = match *line {
        Line::W((thing, number, present, seq, sent, done)) => {
            let outcome =
                if seq == 0 { String::from(r#""status":null"#) } else { format!(r#""status":200,"seq":{seq}"#) };
            format!(
                r#""write":"{thing}","number":{number},"present":{present},"client":1,{outcome},"sent":{sent}000,"done":{done}000"#
            )
        }
        Refused(thing, number) => {
            format!(
                r#""write":"{thing}","number":{number},"present":true,"client":1,"status":409,"sent":1000,"done":2000"#
            )
        }
        Line::R((client, thing, shown, as_of, sent, stale)) => {
            let as_of = if as_of == 0 { String::from("null") } else { as_of.to_string() };
            let shown = match shown {
                Write(number) => format!(r#""shows":[["{thing}",{number}]]"#),
                Is(present) => format!(r#""is":[["{thing}",{present}]]"#),
            };
            format!(
                r#""read":"it","client":{client},"node":0,"carries":true,"status":200,"as_of":{as_of},"stale":{stale},{shown},"sent":{sent}000,"done":{}000"#,
                sent + 5
            )
        }
        Held(opened, closed, told, at) => {
            return format!(
                r#"{{"told":{told},"line":1,"at":{at}000}}
{{"line":1,"opened":{opened}000,"closed":{closed}000,"stories":[0]}}
"#
            );
        }
        CutOff(from, until) => {
            format!(r#""fault":"cable to services cut","nodes":[0],"from":{from}000,"until":{until}000"#)
        }
        Log(head, first, rows) => format!(r#""log":true,"head":{head},"first":{first},"rows":{rows}"#),
    };
    format!("{{{line}}}\n")
}
