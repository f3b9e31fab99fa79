//! Books made of files: what they are is seen from their bytes, because names lie.
//!
//! `decode` makes bytes text, `unzip` opens archives within bounds, `docx`, `epub` and `html` read documents, and
//! `source` writes what they say as story text, which `domain` reads.

mod decode;
mod docx;
mod epub;
mod html;
mod source;
mod unzip;

use domain::{Bound, ImportError, ManuscriptFile};

/// Why a file can't become a story: a sentence for its author.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFailed {
    /// It is not what is read here: what it is, and what to do.
    #[error("{0}")]
    NotABook(String),
    /// An archive that would take too much room.
    #[error("That file unpacks to more than fits. Please save the book alone, without pictures, and try again.")]
    TooMuchInside,
    /// An archive with paths that lead out of it.
    #[error(
        "There is a path in that file that leads out of it ({0}), so it was not opened. Please save the book anew."
    )]
    PathLeadsOut(String),
    /// A broken archive or document.
    #[error("That file is damaged: {0}. Please save it anew, and try again.")]
    Damaged(&'static str),
    /// The text in it was refused.
    #[error(transparent)]
    Book(#[from] ImportError),
}

impl ReadFailed {
    /// The bound of a story, if that is why.
    pub fn bound(&self) -> Option<Bound> {
        match self {
            Self::Book(ImportError::Full(bound)) => Some(*bound),
            Self::Book(_) | Self::NotABook(_) | Self::TooMuchInside | Self::PathLeadsOut(_) | Self::Damaged(_) => None,
        }
    }
}

/// The book in these bytes. The file's name tells the title if nothing else does.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<ManuscriptFile, ReadFailed> {
    if bytes.len() > ManuscriptFile::MOST_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len() }.into());
    }
    let kind = kind(file_name, bytes);
    let is_document = matches!(kind, Kind::Html | Kind::Archive);
    let (text, remarks) = match kind {
        Kind::Text => text(decode::decode(bytes)?),
        Kind::Html => {
            let decoded = decode::html(bytes)?;
            let mut said = decoded.remark.into_iter().collect::<Vec<_>>();
            let (text, remarks) = html::document(&decoded.text);
            said.extend(remarks);
            (text, said)
        }
        Kind::Archive => {
            let mut archive = unzip::Unzip::open(bytes)?;
            if archive.has(docx::DOCUMENT) {
                docx::docx(&mut archive)?
            } else if archive.has(epub::CONTAINER) {
                epub::epub(&mut archive)?
            } else {
                return Err(other(other_archive(&mut archive)));
            }
        }
        Kind::Other(sentence) => return Err(other(sentence)),
    };
    // A document has paragraphs, so each line end in it is meant.
    let parse = if is_document { ManuscriptFile::parse_document } else { ManuscriptFile::parse };
    let mut file = parse(file_name, &text)?;
    file.remarks.splice(0..0, remarks);
    Ok(file)
}

/// What a file is.
enum Kind {
    Text,
    Html,
    Archive,
    /// What is not read here, and what to do.
    Other(&'static str),
}

fn kind(file_name: &str, bytes: &[u8]) -> Kind {
    let name = file_name.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let begins = |start: &[u8]| bytes.starts_with(start);
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        return Kind::Archive;
    }
    if begins(b"\xd0\xcf\x11\xe0") {
        return Kind::Other("That is a Word document of the older kind (.doc). Please save it as DOCX, and try again.");
    }
    if begins(b"{\\rtf") {
        return Kind::Other("That is an RTF document. Please save it as DOCX, and try again.");
    }
    if begins(b"%PDF") {
        return Kind::Other("That is a PDF, which is made for paper. Please choose the document it was made of.");
    }
    if ends(&[".docx"]) {
        return Kind::Other(
            "That is no DOCX document, although its name says so. Please save it anew as DOCX, and try again.",
        );
    }
    if ends(&[".epub"]) {
        return Kind::Other("That is no EPUB, although its name says so. Please choose another file.");
    }
    let start = bytes.get(..bytes.len().min(400)).unwrap_or_default().to_ascii_lowercase();
    let start = start.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let is_html =
        start.starts_with(b"<!doctype html") || start.starts_with(b"<html") || ends(&[".html", ".htm", ".xhtml"]);
    if is_html { Kind::Html } else { Kind::Text }
}

fn text(decoded: decode::Decoded) -> (String, Vec<String>) {
    (decoded.text, decoded.remark.into_iter().collect())
}

fn other(sentence: &str) -> ReadFailed {
    ReadFailed::NotABook(sentence.to_owned())
}

fn other_archive(archive: &mut unzip::Unzip<'_>) -> &'static str {
    match archive.text("mimetype") {
        Ok(kind) if kind.contains("opendocument") => {
            "That is an OpenDocument text (.odt). Please save it as DOCX, and try again."
        }
        Ok(_) | Err(_) => "There is no book in that archive. Please choose a DOCX, an EPUB, or a text.",
    }
}

#[cfg(test)]
mod made;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trials;
