//! Files that a story was once misread in, each a sample of a kind.

use super::*;
use crate::Prose;

macro_rules! file {
    ($name:literal) => {
        ManuscriptFile::parse($name, include_str!(concat!("trials/", $name))).expect("a good book")
    };
}

/// The chapters and, in their scenes, the first line of each paragraph: what an author sees at a glance.
fn outline(file: &ManuscriptFile) -> Vec<String> {
    let scene = |scene: &FileScene| scene.text.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    let scenes = |chapter: &FileChapter| chapter.scenes.iter().map(scene).collect::<Vec<_>>().join(" | ");
    file.all_chapters().map(|chapter| format!("{}: {}", chapter.title, scenes(chapter))).collect()
}

fn check_outline(file: ManuscriptFile, title: &str, expected: &[&str]) {
    assert_eq!((file.title.as_str(), outline(&file)), (title, expected.iter().map(|&line| line.to_owned()).collect()));
}

/// What a reader sees of the book, with its tags.
fn check_text(file: ManuscriptFile, expected: &str) {
    let prose =
        |chapter: &FileChapter| Prose::of(&chapter.scenes.iter().map(|scene| scene.text.clone()).collect::<Vec<_>>());
    let html = file.all_chapters().flat_map(prose).map(|prose| prose.html().to_owned()).collect::<String>();
    assert_eq!(html.trim(), expected);
}

#[test]
fn lines_of_a_chat() {
    check_text(
        file!("i15-brackets.md"),
        "<p>The screen lit up.</p>\n<p>[System]: Welcome!</p>\n<p>[Mara]: Hello?</p>\n\
         <p>[System]: You have three lives.</p>\n<p>[Mara]: No.</p>\n<p>She switched it off and said [Mara] aloud.</p>",
    );
}

#[test]
fn footnotes() {
    let mark = |number: usize| {
        format!(
            "<sup class=\"note-mark\"><a id=\"note-{number}-text\" href=\"#note-{number}\" role=\"doc-noteref\" \
             aria-label=\"Note {number}\">{number}</a></sup>"
        )
    };
    let note = |number: usize, text: &str| {
        format!(
            "<li id=\"note-{number}\" value=\"{number}\">{text} <a class=\"note-back\" href=\"#note-{number}-text\" \
             role=\"doc-backlink\" aria-label=\"Back to the text\">↩\u{fe0e}</a></li>\n"
        )
    };
    let text = format!(
        "<p>Mara found the key{} and a letter{}.</p>\n<p>The door was green.</p>\n\
         <ol class=\"notes\" role=\"list\" aria-label=\"Notes\">\n{}{}</ol>",
        mark(1),
        mark(2),
        note(1, "Ibid."),
        note(2, "It was sold in 1931 for two shillings.")
    );
    check_text(file!("i14-footnotes.md"), &text);
}

#[test]
fn comments() {
    let file = file!("i13-comment.md");
    assert!(file.all_chapters().any(|chapter| chapter.scenes[0].text.as_str().contains("Plot: the butler\ndid it.")));
    assert_eq!(file.words(), 16);
    check_text(
        file,
        "<p>Mara found the key.</p>\n<p>The door was green.</p>\n<p>She went in.</p>\n\
         <p>%% obsidian note: check the date %%</p>",
    );
}

#[test]
fn verse() {
    check_text(
        file!("i16-poem.md"),
        "<p>She read aloud:</p>\n<p class=\"verse\">Key of iron, key of bone,<br>\nkey that opened every stone,<br>\n\
         hang upon the kitchen wall,<br>\nopen nothing, after all.</p>\n<p>Then she slept.</p>",
    );
}

#[test]
fn years_and_dashes() {
    check_text(
        file!("i22-years.md"),
        "<p>What year was it?</p>\n<p>1984. It was the year the tower fell.</p>\n\
         <p>3. That was how many keys she had.</p>\n<p>* she thought, and then nothing.</p>",
    );
    check_text(
        file!("i23-dash-dialogue.md"),
        "<p>- ¿Quién es? - preguntó Mara.</p>\n<p>- Soy yo - dijo él.</p>\n<p>– Nadie – contestó ella.</p>\n\
         <p>— Pasa — dijo al fin.</p>\n<p>+ 5 grados.</p>",
    );
}

#[test]
fn indents() {
    check_text(
        file!("i24-indent.md"),
        "<p>Mara found the <em>key</em> in the drawer, and it was a very long sentence that no reader would like to \
         scroll sideways to read to its end, because it goes on.</p>\n<p>The door was green.</p>\n<p>She went in.</p>",
    );
    check_text(
        file!("i24b-indent.txt"),
        "<p>Mara found the <em>key</em>.</p>\n<p>The door was green.</p>\n<p>She went in.</p>\n<p>End.</p>",
    );
}

#[test]
fn words() {
    let words = |file: ManuscriptFile| file.all_chapters().map(|one| one.scenes[0].text.words()).collect::<Vec<_>>();
    assert_eq!(words(file!("i17-cjk.md")), [47]);
    assert_eq!(words(file!("i18-dashes-words.md")), [7, 7]);
}

#[test]
fn scene_breaks() {
    let one = "One: He left. | Next morning it rained. She waited. | Nobody came.";
    check_outline(file!("i06-dashes.md"), "Keys", &[one, "Two: End."]);
    let one = "CHAPTER 1: He left. | Next morning it rained.";
    check_outline(file!("i06b-dashes.txt"), "I06b Dashes", &[one, "CHAPTER 2: End."]);
    let one = "One: Before the break. | After the break, *very* softly.";
    let rest = ["Two: In the second chapter.", "Three: In the third chapter."];
    check_outline(file!("i07-tildes.md"), "Keys", &[one, rest[0], rest[1]]);
    let one = "One: a | b | c | d | e | f | g | h | i | j | k | l | m";
    check_outline(file!("i07b-other-breaks.md"), "Keys", &[one, "Two: End."]);
    let one = "Chapter 1: Before the first break. | After the first break. | After the second break.";
    check_outline(file!("i04-blank-h3-scenes.md"), "Keys", &[one, "Chapter 2: End."]);
}

#[test]
fn chapters() {
    let texts = ["Mara climbed the stairs.", "The boat was late.", "Rain came sideways."];
    let three = ["The Lighthouse", "The Boat", "The Storm"].iter().zip(texts).map(|(a, b)| format!("{a}: {b}"));
    let three = three.collect::<Vec<_>>();
    let three = three.iter().map(String::as_str).collect::<Vec<_>>();
    check_outline(file!("i01-bold-chapters.md"), "I01 Bold Chapters", &three);
    let two = ["Chapter One: Mara climbed the stairs.", "Chapter Two: The boat was late."];
    check_outline(file!("i01b-bold-chapter-n.md"), "I01b Bold Chapter N", &two);
    check_outline(file!("i01c-setext.md"), "I01c Setext", &two);
    let three = ["Mara found the key.", "The door was green.", "Nobody had lived there."];
    let named = |names: [&str; 3]| names.iter().zip(three).map(|(a, b)| format!("{a}: {b}")).collect::<Vec<_>>();
    assert_eq!(outline(&file!("i02-numbered.txt")), named(["1. The Key", "2. The Door", "3. The Room"]));
    assert_eq!(outline(&file!("i02b-roman.txt")), named(["I", "II", "III"]));
    check_outline(file!("i31-tabs-heading.md"), "Keys", &["One: Mara found the key.", "Two: End."]);
}

#[test]
fn a_page_of_contents() {
    let file = file!("i09-toc.txt");
    assert_eq!(file.author_line.as_deref(), Some("by Nora Field"));
    assert_eq!(file.notice().as_deref(), Some("A page of contents was passed over."));
    let three = [
        "CHAPTER I. The Key: Mara found the key.",
        "CHAPTER II. The Door: The door was green.",
        "CHAPTER III. The Room: Nobody had lived there.",
    ];
    check_outline(file, "THE KEY", &three);
}

#[test]
fn a_page_break() {
    let two = ["CHAPTER 1: Mara found the key.", "CHAPTER 2: The door was green."];
    check_outline(file!("i12-formfeed.txt"), "I12 Formfeed", &two);
}

#[test]
fn odd_front_matter() {
    let check = |file: ManuscriptFile, notice: &str| {
        assert_eq!(file.notice().as_deref(), Some(notice));
        check_outline(file, "Keys", &["One: Mara found the key."]);
    };
    check(
        file!("i25-frontdate.md"),
        "The line “published: 2024-05-01” at the top of the file was passed over. It is neither true nor false. \
         Passed over at the top of the file: date, tags.",
    );
    check(
        file!("i25b-genre.md"),
        "The line “genre: Dark Fantasy” at the top of the file was passed over. There is no genre of that name.",
    );
    check(file!("i25e-toml.md"), "Passed over at the top of the file: date.");
}
