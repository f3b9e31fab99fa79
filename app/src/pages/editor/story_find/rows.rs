//! What the list of matches shows: chapters, and the scenes in them, as the outline names them.

use std::collections::HashMap;

use domain::{ChapterId, FoundInStory, FoundScene, SceneId, StoryTree};

use crate::pages::editor::place::{self, Found};

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A chapter, above its scenes.
    Chapter(ChapterId, String),
    /// A scene with its matches.
    Scene(SceneRow),
}

/// A scene with its matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneRow {
    /// What it is called.
    pub label: String,
    /// Its matches.
    pub found: FoundScene,
}

/// The rows, in reading order.
pub fn rows(tree: &StoryTree, found: &FoundInStory) -> Vec<Row> {
    let mut with: HashMap<SceneId, &FoundScene> = found.scenes.iter().map(|found| (found.scene, found)).collect();
    let mut rows = vec![];
    for Found { chapter, number, .. } in place::chapters(tree) {
        let scenes = (1..).zip(&chapter.scenes).filter_map(|(number, scene)| {
            let found = with.remove(&scene.scene)?.clone();
            Some(Row::Scene(SceneRow { label: place::label(&scene.title, "Scene", number), found }))
        });
        let scenes = scenes.collect::<Vec<_>>();
        if !scenes.is_empty() {
            rows.push(Row::Chapter(chapter.chapter, place::label(&chapter.title, "Chapter", number)));
            rows.extend(scenes);
        }
    }
    rows
}

/// Whether readers have one of these scenes.
pub fn is_any_read(tree: &StoryTree, scenes: impl Fn(SceneId) -> bool) -> bool {
    let is_read = |found: Found<'_>| {
        found.chapter.state.is_published() && found.chapter.scenes.iter().any(|scene| scenes(scene.scene))
    };
    tree.published && place::chapters(tree).any(is_read)
}

#[cfg(test)]
mod tests {
    use domain::{ChapterState, Rev};

    use super::*;
    use crate::pages::editor::fixture::story;

    #[test]
    fn chapters_with_matches_and_their_scenes() {
        let mut tree = story(&[&[1, 1], &[1], &[1]]);
        let ids: Vec<SceneId> =
            place::chapters(&tree).flat_map(|found| &found.chapter.scenes).map(|scene| scene.scene).collect();
        let found = |scene| FoundScene { scene, rev: Rev(1), kept: Rev(0), count: 1, matches: vec![] };
        let all = FoundInStory { count: 2, in_scenes: 2, scenes: vec![found(ids[3]), found(ids[1])] };
        let told: Vec<String> = rows(&tree, &all)
            .iter()
            .map(|row| match row {
                Row::Chapter(_, label) => format!("# {label}"),
                Row::Scene(row) => row.label.clone(),
            })
            .collect();
        assert_eq!(told, ["# Chapter 1", "Scene 2", "# Chapter 3", "Scene 1"]);
        // Readers have no draft, even of a published story.
        tree.published = true;
        for chapter in &mut tree.parts[0].chapters {
            chapter.state = ChapterState::Draft;
        }
        assert!(!is_any_read(&tree, |_| true));
        tree.parts[0].chapters[2].state = ChapterState::Published;
        assert!(is_any_read(&tree, |scene| scene == ids[3]));
        assert!(!is_any_read(&tree, |scene| scene == ids[1]));
    }
}
