//! Prefetch: the answers that a browser fetches before a question, their order, and their budget.
//!
//! A guess that was wrong costs its visitor bytes and its server a load, so guesses are few at once
//! and bounded by the minute. They are about speed alone: a prefetched answer enters the client cache like any other,
//! and is judged when it is asked for.

use std::collections::VecDeque;

use crate::seq::Millis;

/// How a question shows before it is asked, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// A link to its page is in view, or its page is what most people open next.
    Likely,
    /// The pointer or the keyboard rests on a link to its page.
    Pointed,
    /// A link to its page is being pressed.
    Pressed,
}

/// Questions that may be asked soon.
#[derive(Debug)]
pub struct Ahead<Q> {
    queue: VecDeque<(Sign, Q)>,
    under_way: Vec<Q>,
    /// When one ended, and how many bytes it brought; the last minute's.
    spent: VecDeque<(Millis, usize)>,
}

impl<Q> Default for Ahead<Q> {
    fn default() -> Self {
        Self { queue: VecDeque::new(), under_way: vec![], spent: VecDeque::new() }
    }
}

impl<Q: Clone + PartialEq> Ahead<Q> {
    /// How many are asked at once.
    pub const MAX_AT_ONCE: usize = 2;
    /// How many may be asked within a window.
    pub const REQUESTS: usize = 30;
    /// How many bytes of answers may come within a window.
    pub const BYTES: usize = 500_000;
    /// The budget's window, in milliseconds.
    pub const WINDOW: i64 = 60_000;
    /// How many wait at most: a link that was pointed at longer ago is hardly meant any more.
    const QUEUE: usize = 12;

    /// This question is likely to come soon. The surest go first, and of those the latest.
    pub fn foresee(&mut self, question: Q, sign: Sign) {
        if self.under_way.contains(&question) {
            return;
        }
        let known = self.queue.iter().position(|(_, waiting)| *waiting == question);
        let sign = known.and_then(|place| self.queue.remove(place)).map_or(sign, |(known, _)| known.max(sign));
        let place =
            self.queue.iter().position(|(waiting, _)| *waiting < sign || (*waiting == sign && sign > Sign::Likely));
        self.queue.insert(place.unwrap_or(self.queue.len()), (sign, question));
        self.queue.truncate(Self::QUEUE);
    }

    /// The next to ask, which counts as under way from now on. Questions beyond the budget are forgotten: by the time
    /// they could be asked, they would be guesses of long ago.
    pub fn begin(&mut self, now: Millis) -> Option<Q> {
        if self.under_way.len() >= Self::MAX_AT_ONCE {
            return None;
        }
        while self.spent.front().is_some_and(|(at, _)| now.since(*at) > Self::WINDOW) {
            self.spent.pop_front();
        }
        let bytes: usize = self.spent.iter().map(|(_, bytes)| bytes).sum();
        if self.under_way.len() + self.spent.len() >= Self::REQUESTS || bytes >= Self::BYTES {
            self.queue.clear();
            return None;
        }
        let (_, question) = self.queue.pop_front()?;
        self.under_way.push(question.clone());
        Some(question)
    }

    /// One under way has come to its end: so many bytes, or `None` if it need not be asked at all.
    pub fn end(&mut self, question: &Q, now: Millis, bytes: Option<usize>) {
        self.under_way.retain(|under_way| under_way != question);
        self.spent.extend(bytes.map(|bytes| (now, bytes)));
    }

    /// Whether any wait to be asked.
    pub fn is_waiting(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Nothing that waits is to be asked.
    pub fn forget(&mut self) {
        self.queue.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreseen(questions: &[(&'static str, Sign)]) -> Ahead<&'static str> {
        let mut ahead = Ahead::default();
        for &(question, sign) in questions {
            ahead.foresee(question, sign);
        }
        ahead
    }

    /// Those that are asked one after the other, each with so many bytes, at that moment.
    fn asked<Q: Clone + PartialEq>(ahead: &mut Ahead<Q>, now: i64, bytes: usize) -> Vec<Q> {
        let mut asked = vec![];
        while let Some(question) = ahead.begin(Millis(now)) {
            ahead.end(&question, Millis(now), Some(bytes));
            asked.push(question);
        }
        asked
    }

    #[track_caller]
    fn check(questions: &[(&'static str, Sign)], expected: &[&str]) {
        assert_eq!(asked(&mut foreseen(questions), 0, 1), expected, "{questions:?}");
    }

    #[test]
    fn the_surest_go_first_and_each_goes_once() {
        use Sign::{Likely, Pointed, Pressed};
        check(&[("a", Likely), ("b", Likely)], &["a", "b"]);
        check(&[("a", Pointed), ("b", Pointed)], &["b", "a"]);
        check(&[("a", Likely), ("b", Pointed), ("c", Pressed), ("d", Pointed)], &["c", "d", "b", "a"]);
        check(&[("a", Likely), ("b", Likely), ("b", Pressed)], &["b", "a"]);
        check(&[("a", Pressed), ("b", Pointed), ("a", Likely)], &["a", "b"]);
    }

    #[test]
    fn two_at_once() {
        let mut ahead = foreseen(&[("a", Sign::Likely), ("b", Sign::Likely), ("c", Sign::Likely)]);
        assert_eq!([(); 3].map(|()| ahead.begin(Millis(0))), [Some("a"), Some("b"), None]);
        ahead.foresee("a", Sign::Pressed);
        ahead.end(&"b", Millis(0), None);
        assert_eq!([(); 2].map(|()| ahead.begin(Millis(0))), [Some("c"), None], "a is under way");
    }

    /// So many requests or so many bytes, then nothing until the window has passed.
    #[test]
    fn a_budget_by_the_minute() {
        for (bytes, expected) in [(1, Ahead::<u32>::REQUESTS), (100_000, 5), (0, Ahead::<u32>::REQUESTS)] {
            let mut ahead = Ahead::default();
            let mut so_far = 0;
            for question in 0..100 {
                ahead.foresee(question, Sign::Pointed);
                so_far += asked(&mut ahead, 0, bytes).len();
            }
            assert_eq!(so_far, expected, "of {bytes} bytes each");
            ahead.foresee(100, Sign::Pressed);
            assert_eq!(asked(&mut ahead, Ahead::<u32>::WINDOW, bytes).len(), 0);
            ahead.foresee(101, Sign::Pressed);
            assert_eq!(asked(&mut ahead, Ahead::<u32>::WINDOW + 1, bytes), [101], "what was not afforded is forgotten");
        }
    }

    #[test]
    fn what_need_not_be_asked_costs_nothing() {
        let mut ahead = Ahead::default();
        for question in 0..100 {
            ahead.foresee(question, Sign::Pointed);
            let begun = ahead.begin(Millis(0));
            assert_eq!(begun, Some(question));
            ahead.end(&question, Millis(0), None);
        }
    }

    #[test]
    fn a_long_list_does_not_wait() {
        let mut ahead = Ahead::default();
        (0..100).for_each(|question| ahead.foresee(question, Sign::Pointed));
        assert_eq!(asked(&mut ahead, 0, 1), (100 - Ahead::<u32>::QUEUE..100).rev().collect::<Vec<_>>());
    }
}
