use std::io::{Cursor, Write};

use domain::{FileKind, ManuscriptFile};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{ReadFailed, read};
use crate::export::{download, samples::everything};

/// The tree, a line a node, and what was said.
fn show(file: &ManuscriptFile) -> Vec<String> {
    let mut lines = vec![file.title.to_string()];
    for part in &file.parts {
        if !part.title.is_empty() {
            lines.push(format!("[{}]", part.title));
        }
        for chapter in &part.chapters {
            let scenes = chapter.scenes.iter().map(|scene| scene.text.as_str().replace('\n', "¶"));
            lines.push(format!("{}: {}", chapter.title, scenes.collect::<Vec<_>>().join(" | ")));
        }
    }
    lines.extend(file.remarks.iter().map(|remark| format!("! {remark}")));
    lines
}

fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    let file = read(name, bytes).expect("a book");
    assert_eq!(show(&file), expected, "{name}");
}

fn says(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).expect_err("no book").to_string()
}

/// An archive of these files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a place");
        archive.write_all(text.as_bytes()).expect("room");
    }
    archive.finish().expect("an archive").into_inner()
}

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    archive(&[&[("[Content_Types].xml", ""), ("word/document.xml", &*document)], more].concat())
}

#[test]
fn pages_are_read() {
    check(
        "salt.html",
        b"<!DOCTYPE html><html><head><title>Salt</title><style>.x{font-style:italic}</style></head><body>
          <h1>Salt</h1><h2>One &amp; only</h2><p>It <em>rained</em>,
             and <b>how</b>. <span class=x>So</span> it went.<p>Second.<br>Line.</p><hr>
          <blockquote><p>Dear Ada</p></blockquote><h2>Two</h2><p>1984 * 2</p><script>no()</script><img src=x>
          <ul><li>tea</li></ul></body>",
        &[
            "Salt",
            "One & only: It *rained*, and **how**. *So* it went.¶¶Second.¶Line. | > Dear Ada",
            "Two: 1984 \\* 2¶¶• tea",
            "! One picture was passed over.",
        ],
    );
}

#[test]
fn notes_of_pages_are_read() {
    for html in [
        "<h2>A</h2><p>Text<sup><a href=\"#n1\" id=\"r1\">1</a></sup>.</p><p>More.</p><p id=\"n1\"><a href=\"#r1\">1</a> A <i>note</i>.</p>",
        "<h2>A</h2><p>Text<a href=\"#n1\" id=\"r1\" role=\"doc-noteref\">1</a>.</p><p>More.</p><section><ol><li id=\"n1\"><p>A <em>note</em>.<a href=\"#r1\" role=\"doc-backlink\">\u{21a9}</a></p></li></ol></section>",
        "<h2>A</h2><p>Text<sup><a href=\"#n1\" id=\"r1\">1</a></sup>.</p><p>More.</p><p><sup><a id=\"n1\" href=\"#r1\">1</a></sup> A <i>note</i>.</p>",
    ] {
        check("a.html", html.as_bytes(), &["A", "A: Text[^1].¶¶[^1]: A *note*.¶¶More."]);
    }
}

#[test]
fn documents_are_read() {
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:styleId=\"Kop1\"><w:name w:val=\"heading 1\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Mine\"><w:basedOn w:val=\"Kop1\"/></w:style></w:styles>";
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"0\" w:type=\"separator\"><w:p/></w:footnote>\
        <w:footnote w:id=\"2\"><w:p><w:r><w:t xml:space=\"preserve\"> A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let body = "<w:p><w:pPr><w:pStyle w:val=\"Mine\"/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\">It </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>rai</w:t></w:r><w:r><w:rPr><w:i w:val=\"1\"/></w:rPr><w:t>ned</w:t></w:r>\
        <w:r><w:footnoteReference w:id=\"2\"/></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t>.</w:t></w:r></w:p>\
        <w:p><w:r><w:t>* * *</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>A &amp; B</w:t><w:br/><w:t>C</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pStyle w:val=\"Kop1\"/></w:pPr><w:r><w:t>Two</w:t></w:r></w:p><w:p><w:r><w:t>End.</w:t></w:r></w:p>";
    check(
        "my-book.docx",
        &docx(body, &[("word/styles.xml", styles), ("word/footnotes.xml", notes)]),
        &["My Book", "One: It *rained*[^1].¶¶[^1]: A note. | A & B¶C", "Two: End."],
    );
}

/// What a program adds to a document is no text of its author's; what an author hid is for nobody else.
#[test]
fn what_a_document_has_beside_its_text_is_passed_over_and_said() {
    let style = |id: &str, name: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>")
    };
    let styles =
        [style("T", "Title"), style("H", "heading 1"), style("TH", "TOC Heading"), style("T1", "toc 1")].concat();
    let styles = format!("<w:styles xmlns:w=\"w\">{styles}</w:styles>");
    let paragraph = |style: &str, runs: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>");
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = [
        paragraph("T", &run("The Key")),
        paragraph("TH", &run("Contents")),
        paragraph("T1", "<w:r><w:t>The Door</w:t><w:tab/><w:t>3</w:t></w:r>"),
        paragraph("H", &run("The Door")),
        paragraph(
            "",
            "<w:r><w:t>It was open.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Or not?</w:t><w:footnoteReference w:id=\"2\"/></w:r>",
        ),
        paragraph(
            "",
            "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>She went in.</w:t></w:r>",
        ),
    ];
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>A hidden note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    check(
        "key.docx",
        &docx(&body.concat(), &[("word/styles.xml", &styles), ("word/footnotes.xml", notes)]),
        &[
            "The Key",
            "The Door: It was open.¶¶She went in.",
            "! A table of contents was passed over.",
            "! Hidden text was passed over.",
        ],
    );
}

/// A page beside the book's order may have its notes.
#[test]
fn notes_beside_the_books_order_are_kept() {
    let container = "<container><rootfiles><rootfile full-path=\"b/p.opf\"/></rootfiles></container>";
    let package = "<package><metadata><dc:title>Salt</dc:title></metadata><manifest>\
        <item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/>\
        <item id=\"n\" href=\"n.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
        <spine><itemref idref=\"n\" linear=\"no\"/><itemref idref=\"a\"/></spine></package>";
    let page = "<html><body><h1>One</h1><p>Text<sup><a href=\"n.xhtml#n1\" id=\"r1\">1</a></sup>.</p></body></html>";
    let notes =
        |more: &str| format!("<html><body>{more}<p id=\"n1\"><a href=\"a.xhtml#r1\">1</a> A note.</p></body></html>");
    let (alone, more) = (notes(""), notes("<p>An advertisement.</p>"));
    for (notes, said) in
        [(alone, None), (more, Some("! Pages beside the book’s order, passed over but for their notes: 1."))]
    {
        let book =
            [("META-INF/container.xml", container), ("b/p.opf", package), ("b/a.xhtml", page), ("b/n.xhtml", &*notes)];
        let expected: Vec<_> = ["Salt", "One: Text[^1].¶¶[^1]: A note."].into_iter().chain(said).collect();
        check("salt.epub", &archive(&book), &expected);
    }
}

/// Verses of one length are no lines that a program had ended.
#[test]
fn a_documents_lines_end_where_its_author_ended_them() {
    let line = "So much depends upon a red wheel barrow, glazed with rain water";
    let html = format!("<h1>A</h1><h2>One</h2><p>{}</p>", [line; 30].join("<br>"));
    check("a.html", html.as_bytes(), &["A", &format!("One: {}", [line; 30].join("¶"))]);
}

#[test]
fn what_was_exported_is_read() {
    for (kind, name) in [(FileKind::Docx, "x.docx"), (FileKind::Epub, "x.epub"), (FileKind::Html, "x.html")] {
        let file = read(name, &download(kind, &everything()).expect("a file").bytes).expect("a book");
        let shown = show(&file).join("\n");
        for expected in [
            "The Tide Table\n",
            "[Part One: Oil]\nThe Key & the Door: It *rained*, and **how**. ~~No.~~[^1]",
            "¶¶See [the map](https://example.org/map?a=1&b=2).",
            "> Dear Ada,",
            "One line,¶another. | A & B < C",
            "Another scene.",
            "פרק: ירד גשם כל הלילה.",
        ] {
            assert!(shown.contains(expected), "{kind}: {expected:?} in {shown}");
        }
    }
}

#[test]
fn what_is_no_book_is_refused_in_a_sentence() {
    let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01";
    assert!(says("photo.docx", jpeg).starts_with("That is no DOCX document"), "{}", says("photo.docx", jpeg));
    assert!(says("photo.md", jpeg).starts_with("That is no text"));
    assert!(says("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1").contains("older kind"));
    assert!(says("a.pdf", b"%PDF-1.7").contains("PDF"));
    assert!(says("a.zip", &archive(&[("x.txt", "x")])).contains("no book in that archive"));
    assert!(says("a.odt", &archive(&[("mimetype", "application/vnd.oasis.opendocument.text")])).contains(".odt"));
    assert!(says("a.epub", b"PK\x03\x04 and so on").contains("damaged"));
    let epub = archive(&[("mimetype", "application/epub+zip"), ("../../etc/passwd", "x")]);
    assert_eq!(read("a.epub", &epub), Err(ReadFailed::PathLeadsOut("../../etc/passwd".to_owned())));
    assert!(says("a.docx", &docx("<w:p><w:t>", &[])).contains("text"), "{}", says("a.docx", &docx("<w:p></w:r>", &[])));
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused_soon() {
    let begun = std::time::Instant::now();
    let bomb = docx(&"<w:p/>".repeat(3_000_000), &[]);
    assert!(bomb.len() < 1_000_000, "{}", bomb.len());
    let made = begun.elapsed();
    assert_eq!(read("a.docx", &bomb), Err(ReadFailed::TooMuchInside));
    assert!(begun.elapsed() < made + std::time::Duration::from_secs(5));
}

#[test]
fn what_nests_without_end_is_read_in_time() {
    let begun = std::time::Instant::now();
    let html = format!("<p>A{}B", "<div><b>".repeat(50_000));
    let text = show(&read("a.html", html.as_bytes()).expect("a book")).concat();
    assert!(text.contains('A') && text.contains('B'));
    _ = read("a.docx", &docx(&"<w:p><w:r>".repeat(100_000), &[]));
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
}
