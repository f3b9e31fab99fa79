//! The Follower: one reader of the log, and the one judgement that every tier calls.

mod explain;
mod judgement;

use std::{
    collections::{BTreeSet, HashMap},
    hash::{Hash, Hasher},
};

pub use self::{
    explain::{Because, Explanation},
    judgement::{Cause, Judgement},
};
use crate::{directive::Directive, nouns::Noun, receipt::CatchUp, seq::Seq, tag::Tags};

/// One reader of the log: in a node or in a browser tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower<T: Noun> {
    watermark: Seq,
    floor: Seq,
    marks: HashMap<T, Mark>,
    /// Positions applied beyond a gap that is not healed yet.
    ahead: BTreeSet<Seq>,
}

/// The last positions at which a tag was refreshed and evicted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Mark {
    refreshed: Seq,
    evicted: Seq,
}

/// The most tags that a follower remembers: some ten megabytes.
const MOST_TAGS: usize = 100_000;

impl Mark {
    fn last(self) -> Seq {
        self.refreshed.max(self.evicted)
    }
}

/// One that has read nothing of the log.
impl<T: Noun> Default for Follower<T> {
    fn default() -> Self {
        Self { watermark: Seq::ZERO, floor: Seq::ZERO, marks: HashMap::new(), ahead: BTreeSet::new() }
    }
}

impl<T: Noun> Follower<T> {
    /// A follower that begins at `head`: whatever is older is not its to judge.
    pub fn starting_at(head: Seq) -> Self {
        Self { watermark: head, floor: head, ..Self::default() }
    }

    /// Every directive up to here is applied.
    pub const fn watermark(&self) -> Seq {
        self.watermark
    }

    /// Entries read before here are dropped.
    pub const fn floor(&self) -> Seq {
        self.floor
    }

    /// How many tags it remembers.
    pub fn tags_known(&self) -> usize {
        self.marks.len()
    }

    /// Applies what was committed at `seq`, in any order and any number of times. The watermark
    /// moves only over positions without a gap; [`Self::has_gap`] says when the log must be read.
    pub fn apply(&mut self, seq: Seq, directives: &[Directive<T>]) {
        self.note(seq, directives);
        if seq > self.watermark {
            self.ahead.insert(seq);
        }
        self.close_gap();
    }

    /// Remembers directives without claiming to know what lies between: all that a browser can do
    /// with the answer to its own write.
    pub fn note(&mut self, seq: Seq, directives: &[Directive<T>]) {
        for directive in directives {
            let mark = self.marks.entry(directive.tag()).or_default();
            match directive {
                Directive::Refresh(_) => mark.refreshed = mark.refreshed.max(seq),
                Directive::Evict(_) => mark.evicted = mark.evicted.max(seq),
            }
        }
        self.stay_bounded();
    }

    /// Takes in what became of the log since this follower's watermark, or since before it.
    pub fn catch_up(&mut self, caught: &CatchUp<T>) {
        match caught {
            CatchUp::Changes { head, log } => {
                for (seq, directives) in log {
                    self.note(*seq, directives);
                }
                self.caught_up(*head);
            }
            CatchUp::Lost { head } => self.lost(*head),
        }
    }

    /// Every directive that concerns this follower is applied up to `head`.
    pub fn caught_up(&mut self, head: Seq) {
        self.watermark = self.watermark.max(head);
        self.ahead = self.ahead.split_off(&self.watermark.next());
        self.close_gap();
    }

    fn close_gap(&mut self) {
        while self.ahead.remove(&self.watermark.next()) {
            self.watermark = self.watermark.next();
        }
    }

    /// The log between the watermark and `head` can't be known any more: what was read before
    /// `head` is dropped (rule 8).
    pub fn lost(&mut self, head: Seq) {
        self.forget_before(head);
        self.caught_up(head);
    }

    /// Raises the floor: what was read before it is dropped, and what made it old need not be
    /// remembered.
    fn forget_before(&mut self, floor: Seq) {
        self.floor = self.floor.max(floor);
        self.marks.retain(|_, mark| mark.last() > floor);
    }

    /// Forgets the older half once there are too many tags, so that memory stays bounded however
    /// long a follower lives. Done once in as many new tags: the cost of one is constant.
    fn stay_bounded(&mut self) {
        if self.marks.len() > MOST_TAGS {
            let mut ages: Vec<Seq> = self.marks.values().map(|mark| mark.last()).collect();
            let half = ages.len() / 2;
            let (_, &mut floor, _) = ages.select_nth_unstable(half);
            self.forget_before(floor);
        }
    }

    /// Whether positions are missing below one that was applied.
    pub fn has_gap(&self) -> bool {
        !self.ahead.is_empty()
    }

    /// Whether it knows enough for an asker who has seen this position (rules 6 and 8).
    pub fn is_as_far_as(&self, seen: Seq) -> bool {
        self.watermark >= seen && !self.has_gap()
    }

    /// Whether an Entry may be shown, marked as stale, to an asker who has seen this position, when nothing newer can
    /// be had (rule 9).
    pub fn may_fall_back(&self, tags: &Tags<T>, as_of: Seq, seen: Seq) -> bool {
        match self.judge(tags, as_of) {
            // Nothing it depends on has changed up to the watermark, so it is as new as that.
            Judgement::Fresh => as_of.max(self.watermark) >= seen,
            Judgement::Stale(_) => as_of >= seen,
            Judgement::Evicted(_) => false,
        }
    }

    /// The one judgement (rule 3): an Entry read at `as_of` is valid iff nothing it depends on has
    /// changed since, and the follower has read all of the log since.
    pub fn judge(&self, tags: &Tags<T>, as_of: Seq) -> Judgement<T> {
        if as_of < self.floor {
            return Judgement::Evicted(Cause::Floor(self.floor));
        }
        let mut judgement = Judgement::Fresh;
        for tag in tags.iter() {
            let Some(mark) = self.marks.get(&tag) else { continue };
            if as_of < mark.evicted {
                return Judgement::Evicted(Cause::Tag(tag, mark.evicted));
            }
            if as_of < mark.refreshed && judgement.is_fresh() {
                judgement = Judgement::Stale(Cause::Tag(tag, mark.refreshed));
            }
        }
        judgement
    }
}

/// By what it knows: a checker of models tells states apart by it.
impl<T: Noun> Hash for Follower<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut marks: Vec<_> = self.marks.iter().collect();
        marks.sort_unstable();
        (self.watermark, self.floor, marks, &self.ahead).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, MOST_TAGS};
    use crate::example::{Directive, Follower, Judgement, Tag, Tags};
    use crate::{receipt::CatchUp, seq::Seq};
    use proptest::prelude::*;

    const PAGE: Tag = Tag::Page(1);
    const ROW: Tag = Tag::Row(2);
    const OTHER: Tag = Tag::Page(3);

    /// What a follower that applied `log` thinks of an Entry about a page and a row.
    fn check(log: &[(u64, Directive)], as_of: u64, expected: Judgement) {
        let mut follower = Follower::starting_at(Seq(1));
        for (seq, directive) in log {
            follower.apply(Seq(*seq), &[*directive]);
        }
        assert_eq!(follower.judge(&Tags::of(PAGE, [ROW]), Seq(as_of)), expected, "{log:?} at {as_of}");
    }

    #[test]
    fn judgement() {
        use crate::directive::Directive::{Evict, Refresh};
        check(&[], 1, Judgement::Fresh);
        check(&[], 0, Judgement::Evicted(Cause::Floor(Seq(1))));
        check(&[(2, Refresh(ROW))], 1, Judgement::Stale(Cause::Tag(ROW, Seq(2))));
        check(&[(2, Refresh(ROW))], 2, Judgement::Fresh);
        check(&[(2, Refresh(OTHER))], 1, Judgement::Fresh);
        check(&[(2, Evict(PAGE))], 1, Judgement::Evicted(Cause::Tag(PAGE, Seq(2))));
        // An eviction is not softened by a later refresh, nor by another tag's.
        check(&[(2, Evict(PAGE)), (3, Refresh(PAGE))], 1, Judgement::Evicted(Cause::Tag(PAGE, Seq(2))));
        check(&[(2, Refresh(PAGE)), (3, Evict(ROW))], 1, Judgement::Evicted(Cause::Tag(ROW, Seq(3))));
    }

    /// However many tags go by, only so many are remembered; entries with forgotten tags are not served.
    #[test]
    fn memory_is_bounded() {
        let mut follower = Follower::default();
        let tag = |seq: u64| Tag::Row(seq);
        let last = 3 * MOST_TAGS as u64;
        for seq in 1..=last {
            follower.apply(Seq(seq), &[Directive::Refresh(tag(seq))]);
            assert!(follower.tags_known() <= MOST_TAGS);
        }
        let judge = |of: u64, as_of: u64| follower.judge(&Tags::of(tag(of), []), Seq(as_of));
        assert_eq!(judge(1, 0), Judgement::Evicted(Cause::Floor(follower.floor())), "forgotten, so not guessed");
        assert_eq!(judge(last, last - 1), Judgement::Stale(Cause::Tag(tag(last), Seq(last))));
        assert_eq!(judge(last, last), Judgement::Fresh);
    }

    proptest! {
        /// The order in which a lossless but shuffled log arrives makes no difference.
        #[test]
        fn order_does_not_matter(order in Just((2u64..12).collect::<Vec<_>>()).prop_shuffle(), as_of in 1u64..12) {
            let directive = |seq: u64| match seq % 4 {
                0 => Directive::Refresh(PAGE),
                1 => Directive::Evict(ROW),
                _ => Directive::Refresh(OTHER),
            };
            let (mut shuffled, mut sorted) = (Follower::starting_at(Seq(1)), Follower::starting_at(Seq(1)));
            for seq in order {
                shuffled.apply(Seq(seq), &[directive(seq)]);
            }
            for seq in 2..12 {
                sorted.apply(Seq(seq), &[directive(seq)]);
            }
            prop_assert_eq!(shuffled.watermark(), Seq(11));
            prop_assert!(!shuffled.has_gap());
            let tags = Tags::of(PAGE, [ROW]);
            prop_assert_eq!(shuffled.judge(&tags, Seq(as_of)), sorted.judge(&tags, Seq(as_of)));
        }

        /// Reading the log closes a gap, whatever was heard of beyond it.
        #[test]
        fn reading_the_log_closes_the_gap(missing in 2u64..11) {
            let mut follower = Follower::starting_at(Seq(1));
            for seq in (2..12).filter(|&seq| seq != missing) {
                follower.apply(Seq(seq), &[]);
            }
            follower.catch_up(&CatchUp::Changes { head: Seq(missing), log: vec![] });
            prop_assert!(follower.is_as_far_as(Seq(11)));
        }

        /// A missing position holds the watermark back, and is seen as a gap.
        #[test]
        fn a_gap_holds_the_watermark(missing in 2u64..11) {
            let mut follower = Follower::starting_at(Seq(1));
            for seq in (2..12).filter(|&seq| seq != missing) {
                follower.apply(Seq(seq), &[]);
            }
            prop_assert_eq!(follower.watermark(), Seq(missing - 1));
            prop_assert!(follower.has_gap());
        }
    }
}
