//! EPUB: the pages of the book in their order, and its title.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::{ReadFailed, html::Pages, unzip::Unzip};

/// The file that tells where the book is.
pub(super) const CONTAINER: &str = "META-INF/container.xml";

/// The most pages of a book.
const MOST_PAGES: usize = 6_000;

/// The book as story text, and what its author should know.
pub(super) fn epub(archive: &mut Unzip<'_>) -> Result<(String, Vec<String>), ReadFailed> {
    let package = package_path(&archive.text(CONTAINER)?)?;
    if archive.maybe_text("META-INF/encryption.xml")?.is_some_and(|encryption| encryption.contains("xmlenc#aes")) {
        return Err(ReadFailed::NotABook("That EPUB is encrypted, so it can't be read here.".to_owned()));
    }
    let book = Package::read(&package, &archive.text(&package)?)?;
    let mut pages = Pages::default();
    let (mut texts, mut missing) = (Vec::new(), 0);
    for path in &book.sheets {
        if let Some(css) = archive.maybe_text(path)? {
            pages.look_at_styles(&css);
        }
    }
    for page in book.pages.iter().take(MOST_PAGES) {
        match archive.maybe_text(&page.path)? {
            Some(text) => texts.push((page, text)),
            None => missing += 1,
        }
    }
    if texts.is_empty() {
        return Err(ReadFailed::Damaged("its pages are missing"));
    }
    for (page, text) in &texts {
        pages.look(&page.path, text);
    }
    let mut beside = 0;
    for (page, text) in &texts {
        if page.is_beside {
            beside += usize::from(pages.read_notes(&page.path, text));
        } else {
            pages.read(&page.path, text, true);
        }
    }
    pages.source.title(&book.title);
    let (text, mut remarks) = pages.source.written();
    if missing > 0 {
        remarks.push(format!("Pages that the book names and doesn’t have: {missing}."));
    }
    if beside > 0 {
        remarks.push(format!("Pages beside the book’s order, passed over but for their notes: {beside}."));
    }
    let too_many = book.pages.len().saturating_sub(MOST_PAGES);
    if too_many > 0 {
        remarks.push(format!("Pages after the first {MOST_PAGES}, which were not read: {too_many}."));
    }
    Ok((text, remarks))
}

/// The path of the package, as the container tells it.
fn package_path(container: &str) -> Result<String, ReadFailed> {
    let mut path = None;
    each_tag(container, |tag, _| {
        if tag.local_name().as_ref() == "rootfile" && path.is_none() {
            path = value(tag, "full-path");
        }
    })?;
    path.ok_or(ReadFailed::Damaged("it doesn’t tell where its pages are"))
}

/// A page of a book.
struct Page {
    /// Where it is in the archive.
    path: String,
    /// Whether the book is read without it: it has notes, or pictures.
    is_beside: bool,
}

/// What a book's package tells.
#[derive(Default)]
struct Package {
    title: String,
    /// Its pages, in their order.
    pages: Vec<Page>,
    /// The paths of its style sheets.
    sheets: Vec<String>,
}

impl Package {
    fn read(path: &str, xml: &str) -> Result<Self, ReadFailed> {
        let (mut items, mut spine, mut title) = (Vec::new(), Vec::new(), None::<String>);
        each_tag(xml, |tag, text| match tag.local_name().as_ref() {
            "item" => {
                items.push((value(tag, "id"), value(tag, "href"), value(tag, "media-type"), value(tag, "properties")));
            }
            "itemref" => {
                let is_beside = value(tag, "linear").as_deref() == Some("no");
                spine.extend(value(tag, "idref").map(|id| (id, is_beside)));
            }
            "title" => title = title.take().or_else(|| Some(text.to_owned())),
            _ => {}
        })?;
        let mut package = Self { title: title.unwrap_or_default(), ..Self::default() };
        for (_, href, kind, _) in &items {
            if let Some(href) = href.as_deref().filter(|_| kind.as_deref() == Some("text/css")) {
                package.sheets.push(joined(path, href));
            }
        }
        let items = items.iter().filter_map(|(id, href, kind, properties)| {
            Some((
                id.as_deref()?,
                (href.as_deref()?, kind.as_deref().unwrap_or_default(), properties.as_deref().unwrap_or_default()),
            ))
        });
        let items = items.collect::<std::collections::HashMap<_, _>>();
        for (id, is_beside) in spine {
            let Some((href, kind, properties)) = items.get(id.as_str()) else { continue };
            let is_contents = properties.split_ascii_whitespace().any(|property| property == "nav");
            if (kind.contains("html") || kind.is_empty()) && !is_contents {
                package.pages.push(Page { path: joined(path, href), is_beside });
            }
        }
        Ok(package)
    }
}

/// The path of `href`, which a file with this path names.
pub(super) fn joined(path: &str, href: &str) -> String {
    let href = percent_encoding::percent_decode_str(href).decode_utf8_lossy();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps = folder.split('/').filter(|step| !step.is_empty()).collect::<Vec<_>>();
    for step in href.split('/') {
        match step {
            "" | "." => {}
            // Above the archive there is nothing.
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Each tag that begins an element, and the text directly after it.
fn each_tag(xml: &str, mut take: impl FnMut(&BytesStart<'_>, &str)) -> Result<(), ReadFailed> {
    let mut reader = Reader::from_str(xml);
    let (mut before, mut text) = (None::<BytesStart<'static>>, String::new());
    loop {
        let event = reader.read_event().map_err(|_| ReadFailed::Damaged("a list in it can’t be read"))?;
        match event {
            Event::Text(piece) => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(name) => text.push_str(&referred(&name)),
            Event::CData(piece) => text.push_str(&piece),
            other => {
                if let Some(tag) = before.take() {
                    take(&tag, text.trim());
                }
                text.clear();
                match other {
                    Event::Start(tag) | Event::Empty(tag) => before = Some(tag.into_owned()),
                    Event::Eof => return Ok(()),
                    _ => {}
                }
            }
        }
    }
}

/// The value of an attribute.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The character of a name such as `amp` or `#8212`.
pub(super) fn referred(name: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        let check = |path, href, expected| assert_eq!(joined(path, href), expected);
        check("EPUB/package.opf", "text/ch1.xhtml", "EPUB/text/ch1.xhtml");
        check("EPUB/text/ch1.xhtml", "../notes.xhtml", "EPUB/notes.xhtml");
        check("package.opf", "../../x", "x");
        check("a/b.opf", "my%20page.xhtml", "a/my page.xhtml");
    }
}
