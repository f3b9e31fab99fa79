//! Notes at the end of a book: each goes to the chapter that refers to it, on whose page a reader can find it.

use std::collections::{HashMap, HashSet};

use crate::{
    story_text::{self, Noted},
    text::Body,
};

use super::FilePart;

/// A scene by its place: part, chapter, scene.
type Place = (usize, usize, usize);

/// Moves the notes that only another chapter refers to. Says how many.
pub(super) fn move_notes(parts: &mut [FilePart]) -> usize {
    let scenes = places(parts);
    let defined =
        scenes.iter().flat_map(|&(place, text)| story_text::notes(text).into_iter().map(move |note| (place, note)));
    let defined = defined.collect::<Vec<_>>();
    if defined.is_empty() {
        return 0;
    }
    let own = defined.iter().map(|((part, chapter, _), note)| (*part, *chapter, note.label.clone()));
    let own = own.collect::<HashSet<_>>();
    let (mut wanted, mut used) = (HashMap::new(), HashSet::new());
    for &(place, text) in &scenes {
        for label in story_text::references(text) {
            let here = (place.0, place.1, label.clone());
            if own.contains(&here) {
                used.insert(here);
            } else {
                wanted.entry(label).or_insert(place);
            }
        }
    }
    let moves = defined.into_iter().filter_map(|(from, note)| {
        let is_used = used.contains(&(from.0, from.1, note.label.clone()));
        let to = if is_used { None } else { wanted.remove(&note.label) }?;
        Some((from, note, to))
    });
    let moves = moves.collect::<Vec<_>>();
    // All are copied before one is cut, and cut from the last to the first, so that their places stay true.
    let copied = moves.iter().filter(|(from, note, to)| copy(parts, *from, note, *to).is_some()).collect::<Vec<_>>();
    for (from, note, _) in copied.iter().rev() {
        _ = cut(parts, *from, note);
    }
    without_emptied(parts, copied.iter().map(|(from, ..)| *from).collect());
    copied.len()
}

fn places(parts: &[FilePart]) -> Vec<(Place, &str)> {
    let mut places = Vec::new();
    for (part, file_part) in parts.iter().enumerate() {
        for (chapter, file_chapter) in file_part.chapters.iter().enumerate() {
            places.extend(
                file_chapter.scenes.iter().enumerate().map(|(at, scene)| ((part, chapter, at), scene.text.as_str())),
            );
        }
    }
    places
}

/// Adds a note of a scene to the end of another, if there is room.
fn copy(parts: &mut [FilePart], from: Place, note: &Noted, to: Place) -> Option<()> {
    let text = scene(parts, from)?.as_str().get(note.at.clone())?.trim_end().to_owned();
    let target = scene(parts, to)?;
    *target = Body::parse(&format!("{target}\n\n{text}")).ok()?;
    Some(())
}

fn cut(parts: &mut [FilePart], from: Place, note: &Noted) -> Option<()> {
    let source = scene(parts, from)?;
    let before = source.as_str().get(..note.at.start)?;
    // A body has no blank end: what stood last may have ended later.
    let after = source.as_str().get(note.at.end..).unwrap_or_default();
    let rest = [before.trim_end(), after.trim_start_matches('\n')].join("\n\n");
    *source = Body::parse(rest.trim_start_matches('\n')).ok()?;
    Some(())
}

fn scene(parts: &mut [FilePart], (part, chapter, scene): Place) -> Option<&mut Body> {
    parts.get_mut(part)?.chapters.get_mut(chapter)?.scenes.get_mut(scene).map(|scene| &mut scene.text)
}

/// Takes away the scenes that held nothing but notes, and the chapters that held nothing but such scenes.
fn without_emptied(parts: &mut [FilePart], mut emptied: Vec<Place>) {
    emptied.dedup();
    for (part, chapter, at) in emptied.into_iter().rev() {
        let Some(chapters) = parts.get_mut(part).map(|part| &mut part.chapters) else { continue };
        let Some(scenes) = chapters.get_mut(chapter).map(|chapter| &mut chapter.scenes) else { continue };
        if scenes.get(at).is_some_and(|scene| scene.text.is_empty()) {
            scenes.remove(at);
            if scenes.is_empty() {
                chapters.remove(chapter);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ManuscriptFile;

    fn check(source: &str, expected: &[&str]) {
        let file = ManuscriptFile::parse("a.md", source).expect("a good book");
        let show = |chapter: &super::super::FileChapter| {
            let scenes = chapter.scenes.iter().map(|scene| scene.text.as_str().replace('\n', "¶")).collect::<Vec<_>>();
            format!("{}: {}", chapter.title, scenes.join(" | "))
        };
        assert_eq!(file.all_chapters().map(show).collect::<Vec<_>>(), expected, "{source:?}");
    }

    #[test]
    fn notes_go_to_their_chapters() {
        check(
            "## One\n\na[^1]\n\n***\n\nb\n\n## Two\n\nc[^2]\n\n[^1]: p\n[^2]: q",
            &["One: a[^1]¶¶[^1]: p | b", "Two: c[^2]¶¶[^2]: q"],
        );
        check("## One\n\na[^1] b[^2]\n\n## Notes\n\n[^1]: p\n\n[^2]: q", &["One: a[^1] b[^2]¶¶[^1]: p¶¶[^2]: q"]);
    }

    #[test]
    fn others_stay() {
        let two = "## One\n\na[^1]\n\n[^1]: p\n\n## Two\n\nb[^1]\n\n[^1]: q";
        check(two, &["One: a[^1]¶¶[^1]: p", "Two: b[^1]¶¶[^1]: q"]);
        check("## One\n\na\n\n## Two\n\n[^1]: q", &["One: a", "Two: [^1]: q"]);
        check("## One\n\na[^1]\n\n## Two\n\n<!-- [^1]: q -->", &["One: a[^1]", "Two: <!-- [^1]: q -->"]);
    }
}
