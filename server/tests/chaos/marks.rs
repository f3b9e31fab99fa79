//! Marks: what is written into every text, so that a reader knows which write it is from.
//!
//! | thing | is |
//! |---|---|
//! | `o3` | whether story 3 is out |
//! | `t3`, `c3` | its title, and that of its chapter |
//! | `s3.1` | its scene 1 |
//! | `p4` | talker 4's post |
//! | `m4.7` | the seventh comment below it |
//! | `l4.3` | whether talker 4 likes story 3 |

/// The mark of a write, as in `@s3.1=17@`: scene 1 of story 3, write 17.
pub(crate) fn mark(thing: &str, number: u64) -> String {
    format!("@{thing}={number}@")
}

/// Every mark in an answer, in whatever it is: JSON or a page.
pub(crate) fn marks(text: &str) -> Vec<(String, u64)> {
    let mut marks: Vec<_> = text.split('@').filter_map(read).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

fn read(text: &str) -> Option<(String, u64)> {
    let (thing, number) = text.split_once('=')?;
    let place = thing.strip_prefix(['t', 'c', 's', 'p', 'm'])?;
    let is_place = !place.is_empty() && place.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_place.then_some((thing.to_owned(), number.parse().ok()?))
}

#[test]
fn there_and_back() {
    let text = format!("<p>{}</p> ada@quire.example {{{}}}", mark("s3.1", 17), mark("t12", 0));
    assert_eq!(marks(&text), [("s3.1".to_owned(), 17), ("t12".to_owned(), 0)]);
}
