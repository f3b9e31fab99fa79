use std::io::{Cursor, Read};

use domain::{FileKind, FilePart, ManuscriptFile, WholeStory};
use proptest::prelude::*;

use super::{
    download, markdown,
    samples::{everything, heading, scene, story},
};

fn written(story: &WholeStory, kind: FileKind) -> Vec<u8> {
    download(kind, story).expect("a file").bytes
}

fn text(story: &WholeStory, kind: FileKind) -> String {
    String::from_utf8(written(story, kind)).expect("UTF-8")
}

fn file_in(bytes: Vec<u8>, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("the file").read_to_string(&mut text).expect("UTF-8");
    text
}

/// Exports as Markdown, and imports that again.
fn check_round_trip(story: &WholeStory) {
    let written = markdown::markdown(story);
    let file = ManuscriptFile::parse("x.md", &written).expect("a book");
    assert!(markdown::is_same(story, &file), "{written}\n{file:#?}");
}

#[test]
fn names_say_what_is_in_a_file() {
    let names = FileKind::ALL.iter().map(|&kind| download(kind, &everything()).expect("a file").name);
    assert_eq!(
        names.collect::<Vec<_>>(),
        [
            "The Tide Table.md",
            "The Tide Table.epub",
            "The Tide Table.docx",
            "The Tide Table.html",
            "The Tide Table.txt"
        ]
    );
}

#[test]
fn markdown_comes_back_as_it_was() {
    check_round_trip(&everything());
    check_round_trip(&story(&[]));
    check_round_trip(&story(&[("", &[("", &[""])])]));
    check_round_trip(&story(&[("P", &[]), ("", &[("C", &[])])]));
    check_round_trip(&story(&[(
        "",
        &[("It's", &["\n\n  \t# x\n\n***\n\n---\nfoo: 1\n---", "<!-- cut scene -->", "<!-- cut-2 scene: a -->"])],
    )]));
    let mut titled = story(&[("", &[("One", &["a"])])]);
    titled.parts[0].chapters[0].scenes.push(scene("Night: two -->", "b"));
    check_round_trip(&titled);
}

#[test]
fn a_plain_story_is_plain_markdown() {
    let written = markdown::markdown(&story(&[("", &[("One", &["a", "b"]), ("Two", &["c"])])]));
    let (_, body) = written.split_once("---\n\n").expect("front matter");
    assert_eq!(body, "## One\n\na\n\n***\n\nb\n\n## Two\n\nc\n\n");
}

#[test]
fn plain_text_is_what_readers_see() {
    let written = text(&everything(), FileKind::Text);
    for expected in [
        "The Tide Table\n\nBy Ada Finch\n",
        "\nIt rained, and how. No.[1]\n\nSee the map (https://example.org/map?a=1&b=2).\n\n    Dear Ada,\n\n        deeper\n\nLater\n",
        "\nOne line,\nanother.\n\n* * *\n\nA & B < C[1][2]\n\n* * *\n\nAnother scene.",
        "[1] The first note.\n\n[2] See[1].",
    ] {
        assert!(written.contains(expected), "{expected:?} in {written}");
    }
    assert!(!written.contains("private"), "{written}");
}

#[test]
fn a_page_has_tags_for_all_of_it() {
    let written = text(&everything(), FileKind::Html);
    for expected in [
        "<h2>Part One: Oil</h2>",
        "<h3>The Key &amp; the Door</h3>",
        "<p>It <em>rained</em>, and <strong>how</strong>. <s>No.</s><sup><a id=\"c2-ref-1\" href=\"#c2-note-1\" role=\"doc-noteref\">1</a></sup></p>",
        "<a href=\"https://example.org/map?a=1&amp;b=2\">the map</a>",
        "<h4>Later</h4>",
        "<p class=\"verse\">One line,<br/>\nanother.</p>",
    ] {
        assert!(written.contains(expected), "{expected:?} in {written}");
    }
    assert!(!written.contains("private"), "{written}");
}

#[test]
fn a_document_has_styles_and_footnotes() {
    let bytes = written(&everything(), FileKind::Docx);
    let document = file_in(bytes.clone(), "word/document.xml");
    for expected in [
        "<w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Part One: Oil</w:t>",
        "<w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">rained</w:t>",
        "<w:footnoteReference w:id=\"1\"/>",
        "HYPERLINK &quot;https://example.org/map?a=1&amp;b=2&quot;",
    ] {
        assert!(document.contains(expected), "{expected:?} in {document}");
    }
    assert_eq!(document.matches("footnoteReference w:id").count(), 2, "each note once: {document}");
    assert!(file_in(bytes, "word/footnotes.xml").contains("first"));
}

#[test]
fn a_book_has_a_page_for_each_chapter() {
    let bytes = written(&everything(), FileKind::Epub);
    let nav = file_in(bytes.clone(), "EPUB/nav.xhtml");
    assert!(
        nav.contains("<li><a href=\"part-002.xhtml\">Part One: Oil</a>\n<ol>\n<li><a href=\"chapter-0002.xhtml\">"),
        "{nav}"
    );
    assert!(file_in(bytes.clone(), "EPUB/chapter-0002.xhtml").contains("epub:type=\"noteref\""));
    assert!(file_in(bytes, "EPUB/package.opf").contains("2025-11-29T08:00:00Z"));
}

/// Lines that look like something, and some that don't.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-c ]{0,12}",
        1 => one_of(&["# Chapter 1", "## x", "CHAPTER TWO", "***", "---", "===", "+++", "1. One", "2. Two", "**Bold**"]),
        1 => one_of(&["[^1]: note", "a[^1]", "> quote", "<!-- c -->", "<!-- cut scene -->", "<!--", "-->", "title: x", "Contents"]),
        1 => "[#*_>~`\\\\\t .-]{0,5}",
    ]
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(texts).prop_map(str::to_owned)
}

fn text_of() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..6).prop_map(|lines| lines.join("\n"))
}

fn title() -> impl Strategy<Value = String> {
    prop_oneof![2 => "[A-C][a-c']{0,5}", 1 => Just(String::new()), 1 => one_of(&["Part I", "Chapter 1", "# x", "a -->", "*x*", "By Ada", ": "])]
}

fn any_story() -> impl Strategy<Value = WholeStory> {
    let one = (title(), text_of());
    let chapter = (title(), prop::collection::vec(one, 0..4));
    let part = (title(), prop::collection::vec(chapter, 0..4));
    prop::collection::vec(part, 0..4).prop_map(|parts| {
        let mut whole = story(&[]);
        for (title, chapters) in parts {
            let mut part = FilePart { title: heading(&title), chapters: vec![] };
            for (title, scenes) in chapters {
                let scenes = scenes.iter().map(|(title, text)| scene(title, text)).collect();
                part.chapters.push(domain::FileChapter { title: heading(&title), scenes });
            }
            whole.parts.push(part);
        }
        whole
    })
}

proptest! {
    #[test]
    fn every_story_comes_back_as_it_was(story in any_story()) {
        check_round_trip(&story);
    }

    #[test]
    fn every_story_can_be_written(story in any_story()) {
        for &kind in FileKind::ALL {
            prop_assert!(download(kind, &story).is_ok());
        }
    }
}
