//! From the list of matches to a place in the text, which is selected there. In the browser only.

use domain::{Needle, SceneId};
use leptos::prelude::*;

use super::StoryFinder;
use crate::{
    components::ARRIVED,
    pages::editor::{scene_text::Surface, sight::Sight},
};

/// A match that is gone to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// The scene.
    pub scene: SceneId,
    /// What is looked for.
    pub needle: Needle,
    /// Which of the scene's matches, from 0.
    pub number: usize,
}

/// Selects the match in the text of its scene, as soon as that is there.
pub fn go_on_jump(finder: StoryFinder, sight: Sight, scene: SceneId, surface: Surface) {
    Effect::new(move || {
        let Some(jump) = finder.jump.get().filter(|jump| jump.scene == scene) else { return };
        if surface.0.get().is_none() {
            return;
        }
        finder.jump.set(None);
        if sight.preview.get_untracked() {
            sight.toggle_preview();
        }
        let go = move || {
            let Some((text, _)) = surface.read() else { return };
            // Something may have been typed since: then the last one before it.
            let places = jump.needle.places(&text);
            if let Some(place) = places.get(jump.number).or_else(|| places.last()) {
                surface.select(&text, place);
            }
        };
        set_timeout(go, ARRIVED);
    });
}
