//! Marks: what is written into every text, so that a reader knows which write it is from.

use super::model::Thing;

/// The mark of a write, as in `@s3.1=17@`: scene 1 of story 3, write 17.
pub(crate) fn mark(thing: Thing, number: usize) -> String {
    let (kind, owner, which) = match thing {
        Thing::Title(story) => ('t', story, 0),
        Thing::Chapter(story) => ('c', story, 0),
        Thing::Scene(story, scene) => ('s', story, scene),
        Thing::Post(talker) => ('p', talker, 0),
        Thing::Comment(talker) => ('m', talker, 0),
        Thing::Out(_) | Thing::Like(..) => unreachable!("nothing is written for it"),
    };
    format!("@{kind}{owner}.{which}={number}@")
}

/// Every mark in an answer, in whatever it is: JSON or a page.
pub(crate) fn marks(text: &str) -> Vec<(Thing, usize)> {
    text.split('@').filter_map(read).collect()
}

fn read(text: &str) -> Option<(Thing, usize)> {
    let (kind, numbers) = text.split_at_checked(1)?;
    let (thing, number) = numbers.split_once('=')?;
    let (owner, which) = thing.split_once('.')?;
    let (owner, which, number) = (owner.parse().ok()?, which.parse().ok()?, number.parse().ok()?);
    let thing = match kind {
        "t" => Thing::Title(owner),
        "c" => Thing::Chapter(owner),
        "s" => Thing::Scene(owner, which),
        "p" => Thing::Post(owner),
        "m" => Thing::Comment(owner),
        _ => return None,
    };
    Some((thing, number))
}

/// The number behind a field's name, wherever it first stands.
pub(crate) fn field(text: &str, name: &str) -> Option<u64> {
    let (_, rest) = text.split_once(&format!("\"{name}\":"))?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().ok()
}

#[test]
fn there_and_back() {
    let (scene, title) = (Thing::Scene(3, 1), Thing::Title(12));
    let text = format!("<p>{}</p> ada@quire.example {{{}}}", mark(scene, 17), mark(title, 0));
    assert_eq!(marks(&text), [(scene, 17), (title, 0)]);
    assert_eq!(field(r#"{"seq":42,"at":7}"#, "seq"), Some(42));
}
