//! Books that other programs made of `made/book.md`, as their users do. In the folder `made`:
//!
//! ```sh
//! pandoc book.md -o pandoc.docx
//! pandoc book.md -o pandoc.epub
//! pandoc book.md -o libreoffice.odt && soffice --headless --convert-to docx libreoffice.odt && rm libreoffice.odt
//! ```
//!
//! They were made by pandoc 2.17 and soffice 7.4.

use domain::ManuscriptFile;

use super::read;

/// The title, the parts and chapters with the texts of their scenes, and what was said.
fn shown(file: &ManuscriptFile) -> Vec<String> {
    let mut lines = vec![file.title.to_string()];
    for part in &file.parts {
        lines.push(format!("# {}", part.title));
        for chapter in &part.chapters {
            lines.push(format!("## {}", chapter.title));
            lines.extend(chapter.scenes.iter().map(|scene| scene.text.to_string()));
        }
    }
    lines.extend(file.remarks.clone());
    lines
}

#[test]
fn what_other_programs_make_of_a_book_is_that_book() {
    let book = ManuscriptFile::parse("book.md", include_str!("made/book.md")).expect("a book");
    let book = shown(&book);
    // The title, two parts, three chapters and five scenes; and there was nothing to say.
    assert_eq!(book.len(), 11, "{book:?}");
    for (name, bytes) in [
        ("libreoffice.docx", &include_bytes!("made/libreoffice.docx")[..]),
        ("pandoc.docx", include_bytes!("made/pandoc.docx")),
        ("pandoc.epub", include_bytes!("made/pandoc.epub")),
    ] {
        assert_eq!(shown(&read(name, bytes).expect("a book")), book, "{name}");
    }
}
