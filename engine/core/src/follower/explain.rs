//! Why an Entry is judged as it is: the one judgement, tag by tag.

use serde::{Deserialize, Serialize};

use super::{Follower, Judgement};
use crate::{nouns::Noun, seq::Seq, tag::Tags};

/// What a follower knows of one tag, held against one Entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because<T> {
    /// The tag.
    pub tag: T,
    /// Where it was refreshed last; nothing if this follower heard of no such position since its floor.
    pub refreshed: Option<Seq>,
    /// Where it was evicted last.
    pub evicted: Option<Seq>,
    /// What would be judged of an Entry that depends on this tag alone.
    pub judgement: Judgement<T>,
}

/// A judgement with all that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation<T> {
    /// The Entry's position.
    pub as_of: Seq,
    /// The follower's: every directive up to here is applied.
    pub watermark: Seq,
    /// Entries read before here are dropped.
    pub floor: Seq,
    /// What was judged.
    pub judgement: Judgement<T>,
    /// Tag by tag.
    pub because: Vec<Because<T>>,
}

impl<T: Noun> Follower<T> {
    /// Why an Entry is judged as it is. Asks [`Self::judge`] itself, for all tags and for each, so that
    /// the two can't come to disagree.
    pub fn explain(&self, tags: &Tags<T>, as_of: Seq) -> Explanation<T> {
        let because = tags.iter().map(|tag| {
            let mark = self.marks.get(&tag).copied().unwrap_or_default();
            let known = |seq: Seq| (seq > Seq::ZERO).then_some(seq);
            let judgement = self.judge(&Tags::of(tag, []), as_of);
            Because { tag, refreshed: known(mark.refreshed), evicted: known(mark.evicted), judgement }
        });
        Explanation {
            as_of,
            watermark: self.watermark,
            floor: self.floor,
            judgement: self.judge(tags, as_of),
            because: because.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        example::{Directive, Explanation, Follower, Judgement, Tag, Tags},
        follower::Cause,
        seq::Seq,
    };
    use proptest::prelude::*;

    fn tag() -> impl Strategy<Value = Tag> {
        (0u64..4).prop_map(Tag::Page)
    }

    fn directive() -> impl Strategy<Value = Directive> {
        (tag(), any::<bool>())
            .prop_map(|(tag, evict)| if evict { Directive::Evict(tag) } else { Directive::Refresh(tag) })
    }

    /// The judgement, from the shown positions alone: the floor, and the last changes of each tag.
    fn by_hand(told: &Explanation) -> Judgement {
        if told.as_of < told.floor {
            return Judgement::Evicted(Cause::Floor(told.floor));
        }
        let after = |seq: Option<Seq>| seq.filter(|seq| *seq > told.as_of);
        let evicted = told.because.iter().find_map(|one| Some((one.tag, after(one.evicted)?)));
        let refreshed = told.because.iter().find_map(|one| Some((one.tag, after(one.refreshed)?)));
        match (evicted, refreshed) {
            (Some((tag, seq)), _) => Judgement::Evicted(Cause::Tag(tag, seq)),
            (None, Some((tag, seq))) => Judgement::Stale(Cause::Tag(tag, seq)),
            (None, None) => Judgement::Fresh,
        }
    }

    proptest! {
        /// The shown positions lead to the judgement, and to no other.
        #[test]
        fn an_explanation_is_the_judgement(
            floor in 0u64..6,
            log in prop::collection::vec(directive(), 0..12),
            first in tag(),
            others in prop::collection::vec(tag(), 0..3),
            as_of in 0u64..16,
        ) {
            let mut follower = Follower::starting_at(Seq(floor));
            for (place, directive) in log.iter().enumerate() {
                follower.apply(Seq(floor + 1 + place as u64), &[*directive]);
            }
            let tags = Tags::of(first, others);
            let told = follower.explain(&tags, Seq(as_of));
            prop_assert_eq!(told.judgement, follower.judge(&tags, Seq(as_of)));
            prop_assert_eq!(told.judgement, by_hand(&told));
            prop_assert_eq!(told.because.iter().all(|one| one.judgement.is_fresh()), told.judgement.is_fresh());
            prop_assert_eq!(told.because.iter().map(|one| one.tag).collect::<Vec<_>>(), tags.iter().collect::<Vec<_>>());
        }
    }
}
