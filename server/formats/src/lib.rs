//! Stories as files: written for other programs, and read from what they write.
//!
//! `export` makes files of a story, `import` makes a book of a file. Both know the tree and the text of a story from
//! `domain`, which alone reads story text. `archive` writes ZIP archives as they go out, `file_name` makes names that
//! every system takes, and `xml` writes text between tags.

mod archive;
mod export;
mod file_name;
mod import;
mod xml;

pub use self::{
    archive::{Archive, ArchiveFailed},
    export::{Download, Folders, account_things, download, story_folder},
    file_name::{attachment, safe_name},
    import::{ReadFailed, read},
};
