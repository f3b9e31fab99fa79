//! Chapters above the limit, cut into several: between scenes, since no scene is above it.

use crate::{bound::Bound, text::Heading};

use super::{FileChapter, FilePart};

/// Cuts chapters that are too long. Returns how many more chapters there are now.
pub(super) fn cut(parts: &mut [FilePart]) -> usize {
    let mut more = 0;
    for part in parts {
        let before = part.chapters.len();
        part.chapters = std::mem::take(&mut part.chapters).into_iter().flat_map(pieces).collect();
        more += part.chapters.len() - before;
    }
    more
}

/// The chapter, or what it is cut into: "The Sea", "The Sea (2)", and so on.
fn pieces(chapter: FileChapter) -> Vec<FileChapter> {
    let FileChapter { title, scenes } = chapter;
    let mut pieces = vec![FileChapter { title: title.clone(), scenes: Vec::new() }];
    let mut characters = 0;
    for scene in scenes {
        let more = u64::from(scene.text.characters());
        if let Some(piece) = pieces.last_mut().filter(|piece| has_room(piece, characters + more)) {
            characters += more;
            piece.scenes.push(scene);
        } else {
            characters = more;
            pieces.push(FileChapter { title: numbered(&title, pieces.len() + 1), scenes: vec![scene] });
        }
    }
    pieces
}

fn has_room(piece: &FileChapter, characters: u64) -> bool {
    let scenes = piece.scenes.len() as u64;
    let has_room = Bound::ChapterCharacters.admit(0, characters).and(Bound::ChapterScenes.admit(scenes, scenes + 1));
    piece.scenes.is_empty() || has_room.is_ok()
}

/// The title of a later piece. Where there is no title, its number tells it apart.
fn numbered(title: &Heading, number: usize) -> Heading {
    if title.is_empty() {
        return Heading::default();
    }
    Heading::parse(&format!("{title} ({number})")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Body;

    fn check(title: &str, scenes: &[usize], expected: &[(&str, usize)]) {
        let scenes = scenes.iter().map(|&length| Body::parse(&"é".repeat(length)).expect("a scene").into()).collect();
        let chapter = FileChapter { title: Heading::parse(title).expect("a title"), scenes };
        let mut parts = [FilePart { title: Heading::default(), chapters: vec![chapter] }];
        let more = cut(&mut parts);
        let [part] = &parts;
        let found: Vec<_> = part.chapters.iter().map(|one| (one.title.as_str(), one.scenes.len())).collect();
        assert_eq!((found.as_slice(), more), (expected, expected.len() - 1));
    }

    #[test]
    fn what_fits_stays_whole() {
        check("The Sea", &[], &[("The Sea", 0)]);
        check("The Sea", &[Body::MAX_CHARACTERS], &[("The Sea", 1)]);
        check("The Sea", &[400_000, 600_000], &[("The Sea", 2)]);
        check("", &[1; 500], &[("", 500)]);
    }

    #[test]
    fn what_does_not_is_cut_between_scenes() {
        check("The Sea", &[400_000, 600_001], &[("The Sea", 1), ("The Sea (2)", 1)]);
        check("", &[Body::MAX_CHARACTERS, Body::MAX_CHARACTERS, 7, 8], &[("", 1), ("", 1), ("", 2)]);
        check("", &[1; 1_001], &[("", 500), ("", 500), ("", 1)]);
        let long = "x".repeat(Heading::MAX_CHARACTERS);
        check(&long, &[Body::MAX_CHARACTERS, 1], &[(&long, 1), ("", 1)]);
    }
}
