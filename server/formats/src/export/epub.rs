//! A story as an EPUB 3: a page for the title, for each part with a title, and for each chapter.

use std::fmt::Write;

use domain::{FileChapter, Heading, WholeStory, date};

use super::{markup::Markup, passages};
use crate::{Archive, ArchiveFailed, xml::escaped};

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

const STYLE: &str = "h1,h2{line-height:1.25;text-align:center}p{margin:0;text-indent:1.2em}\
h1+p,h2+p,.break+p,blockquote p:first-child{text-indent:0}.break{text-align:center;text-indent:0;margin:1.5em 0}\
.verse{text-indent:0;margin:1em 0 1em 1.2em}blockquote{margin:1em 1.5em}.note{font-size:.9em;margin-top:1em}\
.by,.blurb{text-align:center;text-indent:0;margin:1em 0}\n";

/// A page of the book.
struct Page {
    file: String,
    label: String,
    /// Whether it stands within the part before it.
    is_within: bool,
    body: String,
}

/// The story as an EPUB.
pub(super) fn epub(story: &WholeStory) -> Result<Vec<u8>, ArchiveFailed> {
    let mut archive = Archive::default();
    archive.add_stored("mimetype", b"application/epub+zip")?;
    archive.add("META-INF/container.xml", CONTAINER.as_bytes())?;
    archive.add("EPUB/style.css", STYLE.as_bytes())?;
    let mut pages = vec![title_page(story)];
    add(&mut archive, &mut pages[0])?;
    // Parts stand above chapters, if there are any with a title.
    let level = if story.parts.iter().any(|part| !part.title.is_empty()) { 2 } else { 1 };
    let mut number = 0;
    for (part_number, part) in (1..).zip(&story.parts) {
        let has_title = !part.title.is_empty();
        if has_title {
            pages.push(part_page(part_number, &part.title));
        }
        if let Some(page) = pages.last_mut().filter(|_| has_title) {
            add(&mut archive, page)?;
        }
        for chapter in &part.chapters {
            number += 1;
            let mut page = chapter_page(number, chapter, has_title, level);
            add(&mut archive, &mut page)?;
            pages.push(page);
        }
    }
    archive.add("EPUB/nav.xhtml", document("Contents", &navigation(&pages)).as_bytes())?;
    archive.add("EPUB/package.opf", package(story, &pages).as_bytes())?;
    archive.finish()
}

/// Puts a page into the archive; memory need not hold its text any longer.
fn add(archive: &mut Archive, page: &mut Page) -> Result<(), ArchiveFailed> {
    let body = std::mem::take(&mut page.body);
    archive.add(&format!("EPUB/{}", page.file), document(&page.label, &body).as_bytes())
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\">\n\
         <head>\n<title>{}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n\
         <body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

fn title_page(story: &WholeStory) -> Page {
    let title = story.title.as_str();
    let mut body = format!(
        "<section epub:type=\"titlepage\">\n<h1 dir=\"auto\">{}</h1>\n<p class=\"by\" dir=\"auto\">{}</p>\n",
        escaped(title),
        escaped(story.author.as_str())
    );
    for paragraph in story.blurb.as_str().split("\n\n").filter(|text| !text.trim().is_empty()) {
        _ = writeln!(body, "<p class=\"blurb\" dir=\"auto\">{}</p>", escaped(paragraph.trim()));
    }
    Page { file: "title.xhtml".to_owned(), label: title.to_owned(), is_within: false, body: body + "</section>\n" }
}

fn part_page(number: usize, title: &Heading) -> Page {
    let body = format!("<section epub:type=\"part\">\n<h1 dir=\"auto\">{}</h1>\n</section>\n", escaped(title.as_str()));
    Page { file: format!("part-{number:03}.xhtml"), label: title.to_string(), is_within: false, body }
}

fn chapter_page(number: usize, chapter: &FileChapter, is_within: bool, level: u8) -> Page {
    let label = chapter.title.of_chapter(number);
    let mut body = "<section epub:type=\"chapter\" dir=\"auto\">\n".to_owned();
    if !chapter.title.is_empty() {
        _ = writeln!(body, "<h{level}>{}</h{level}>", escaped(chapter.title.as_str()));
    }
    body += &Markup::new(&passages(&chapter.scenes), "", true, level).written();
    Page { file: format!("chapter-{number:04}.xhtml"), label, is_within, body: body + "</section>\n" }
}

fn navigation(pages: &[Page]) -> String {
    let mut list = "<nav epub:type=\"toc\">\n<h1>Contents</h1>\n<ol>\n".to_owned();
    let mut is_open = false;
    for (at, page) in pages.iter().enumerate() {
        let has_within = pages.get(at + 1).is_some_and(|next| next.is_within);
        if is_open && !page.is_within {
            list += "</ol></li>\n";
            is_open = false;
        }
        _ = write!(list, "<li><a href=\"{}\">{}</a>", page.file, escaped(&page.label));
        if has_within && !page.is_within {
            list += "\n<ol>\n";
            is_open = true;
        } else {
            list += "</li>\n";
        }
    }
    list + if is_open { "</ol></li>\n" } else { "" } + "</ol>\n</nav>\n"
}

/// When it was touched, to the second, as EPUB has it.
fn modified(story: &WholeStory) -> String {
    let moment = date::iso8601(story.updated_at);
    format!("{}Z", moment.split_once('.').map_or(&*moment, |(moment, _)| moment))
}

fn package(story: &WholeStory, pages: &[Page]) -> String {
    let mut package = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">quire:story:{}</dc:identifier>\n<dc:title>{}</dc:title>\n\
         <dc:creator>{}</dc:creator>\n<dc:language>und</dc:language>\n",
        story.story,
        escaped(story.title.as_str()),
        escaped(story.author.as_str())
    );
    if !story.blurb.as_str().trim().is_empty() {
        _ = writeln!(package, "<dc:description>{}</dc:description>", escaped(story.blurb.as_str()));
    }
    _ = writeln!(package, "<dc:subject>{}</dc:subject>", escaped(story.genre.label()));
    _ = writeln!(package, "<meta property=\"dcterms:modified\">{}</meta>\n</metadata>\n<manifest>", modified(story));
    package += "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n";
    for (number, page) in pages.iter().enumerate() {
        _ = writeln!(package, "<item id=\"p{number}\" href=\"{}\" media-type=\"application/xhtml+xml\"/>", page.file);
    }
    package += "</manifest>\n<spine>\n";
    for number in 0..pages.len() {
        _ = writeln!(package, "<itemref idref=\"p{number}\"/>");
    }
    package + "</spine>\n</package>\n"
}
