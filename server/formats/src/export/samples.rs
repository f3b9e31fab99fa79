//! Stories for tests.

use domain::{
    Body, FileChapter, FilePart, FileScene, Format, Genre, Heading, Millis, Name, Note, StoryId, Title, WholeStory,
};

/// A chapter's title, and its scenes' texts.
type SampleChapter<'a> = (&'a str, &'a [&'a str]);
/// A part's title, and its chapters.
type SamplePart<'a> = (&'a str, &'a [SampleChapter<'a>]);

/// A story of these parts: each a title and its chapters, each of these a title and its scenes.
pub(crate) fn story(parts: &[SamplePart<'_>]) -> WholeStory {
    let chapter = |(title, scenes): &(&str, &[&str])| FileChapter {
        title: heading(title),
        scenes: scenes.iter().map(|text| scene("", text)).collect(),
    };
    let part = |(title, chapters): &(&str, &[(&str, &[&str])])| FilePart {
        title: heading(title),
        chapters: chapters.iter().map(chapter).collect(),
    };
    WholeStory {
        story: StoryId::from_bits(7),
        title: Title::parse("The Tide Table").expect("a title"),
        author: Name::parse("Ada Finch").expect("a name"),
        blurb: Note::parse("A \"house\" \\ by the sea.\n\nAnd a lamp: lit.").expect("a blurb"),
        format: Format::Novel,
        genre: Genre::Mystery,
        updated_at: Millis(1_764_403_200_000),
        parts: parts.iter().map(part).collect(),
    }
}

pub(crate) fn heading(text: &str) -> Heading {
    Heading::parse(text).expect("a heading")
}

pub(crate) fn scene(title: &str, text: &str) -> FileScene {
    FileScene { title: heading(title), text: Body::parse(text).expect("a scene") }
}

/// A story with everything in it.
pub(crate) fn everything() -> WholeStory {
    let first = "It *rained*, and **how**. ~~No.~~[^1]\n\nSee [the map](https://example.org/map?a=1&b=2).\n\n> Dear Ada,\n>\n> > deeper\n\n# Later\n\nOne line,\nanother.\n\n***\n\nA & B < C[^1][^two]\n\n[^1]: The *first* note.\n[^two]: See[^1].";
    let parts: &[SamplePart<'_>] = &[
        ("", &[("", &["A prologue without a name."])]),
        ("Part One: Oil", &[("The Key & the Door", &[first, "Another scene. <!-- private -->"]), ("Empty", &[""])]),
        ("Part Two", &[]),
        ("לוח", &[("פרק", &["ירד גשם כל הלילה."])]),
    ];
    story(parts)
}
