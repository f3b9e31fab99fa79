//! The files that a story was once misread in: whatever comes in as a file is read as the parser reads its text.

use std::{fs, path::Path};

use domain::ManuscriptFile;

use super::read;

#[test]
fn what_was_once_misread_is_read_as_it_is_parsed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/manuscript_file/trials");
    let mut files = 0;
    for entry in fs::read_dir(folder).expect("the trials") {
        let path = entry.expect("a file").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let bytes = fs::read(&path).expect("its bytes");
        let text = String::from_utf8(bytes.clone()).expect("a text");
        let parsed = ManuscriptFile::parse(name, &text).expect("a good book");
        assert_eq!(read(name, &bytes), Ok(parsed), "{name}");
        files += 1;
    }
    assert_eq!(files, 26);
}
