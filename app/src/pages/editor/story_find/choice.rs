//! Which matches are replaced: all but those that are left out.

use std::collections::{BTreeSet, HashMap};

use domain::{ChosenScene, FoundInStory, FoundScene, Rev, SceneId};

/// A scene's matches, as they are in its text of these revisions.
type Of = (SceneId, Rev, Rev);

/// The matches that are left out. A choice ends with the text that it was made in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut(HashMap<Of, BTreeSet<u32>>);

impl LeftOut {
    /// Whether a match stays as it is.
    pub fn has(&self, scene: &FoundScene, number: u32) -> bool {
        self.0.get(&of(scene)).is_some_and(|left| left.contains(&number))
    }

    /// How many of a scene's matches are replaced.
    pub fn chosen_in(&self, scene: &FoundScene) -> u32 {
        let left = self.0.get(&of(scene)).map_or(0, |left| left.iter().filter(|&&number| number < scene.count).count());
        scene.count - u32::try_from(left).unwrap_or(scene.count)
    }

    /// How many matches are replaced in all.
    pub fn chosen(&self, found: &FoundInStory) -> u32 {
        found.scenes.iter().map(|scene| self.chosen_in(scene)).sum()
    }

    /// Leaves a match out, or takes it in again.
    pub fn leave(&mut self, scene: &FoundScene, number: u32, is_left: bool) {
        let left = self.0.entry(of(scene)).or_default();
        if is_left {
            left.insert(number);
        } else {
            left.remove(&number);
        }
    }

    /// The same with all of a scene's.
    pub fn leave_scene(&mut self, scene: &FoundScene, is_left: bool) {
        let all = if is_left { (0..scene.count).collect() } else { BTreeSet::new() };
        self.0.insert(of(scene), all);
    }

    /// The scenes in which something is replaced, as the server is told.
    pub fn scenes(&self, found: &FoundInStory) -> Vec<ChosenScene> {
        let chosen = found.scenes.iter().filter(|scene| self.chosen_in(scene) > 0);
        let choice = |scene: &FoundScene| {
            let left_out = self.0.get(&of(scene)).cloned().unwrap_or_default();
            ChosenScene { scene: scene.scene, base: scene.rev, kept: scene.kept, left_out }
        };
        chosen.map(choice).collect()
    }
}

const fn of(scene: &FoundScene) -> Of {
    (scene.scene, scene.rev, scene.kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(id: u64, rev: i64, count: u32) -> FoundScene {
        FoundScene { scene: SceneId::from_bits(id), rev: Rev(rev), kept: Rev(0), count, matches: vec![] }
    }

    fn found(scenes: &[FoundScene]) -> FoundInStory {
        FoundInStory { count: 0, in_scenes: 0, scenes: scenes.to_vec() }
    }

    #[test]
    fn all_but_those_left_out() {
        let (first, second) = (scene(1, 1, 3), scene(2, 1, 2));
        let both = found(&[first.clone(), second.clone()]);
        let mut left = LeftOut::default();
        assert_eq!((left.chosen(&both), left.scenes(&both).len()), (5, 2));
        left.leave(&first, 1, true);
        assert!(left.has(&first, 1) && !left.has(&second, 1));
        assert_eq!((left.chosen(&both), left.scenes(&both)[0].left_out.clone()), (4, [1].into()));
        left.leave_scene(&second, true);
        assert_eq!((left.chosen(&both), left.scenes(&both).len()), (2, 1));
        left.leave(&second, 0, false);
        assert_eq!((left.chosen(&both), left.chosen_in(&second)), (3, 1));
        left.leave_scene(&first, false);
        assert_eq!(left.chosen_in(&first), 3);
    }

    #[test]
    fn another_text_is_another_choice() {
        let mut left = LeftOut::default();
        left.leave(&scene(1, 1, 3), 0, true);
        assert_eq!(left.chosen(&found(&[scene(1, 2, 3)])), 3);
    }
}
