//! Which reads are looked at again.

use std::cell::Cell;

use abreast_core::observe::sample::Share;

thread_local! {
    /// How many reads of this thread go by until the next that is looked at.
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

/// A share of the reads, picked at random: every hundredth would always be the same of a page that
/// asks a hundred questions.
#[derive(Clone, Copy)]
pub(super) struct Chance(Share);

impl Chance {
    pub(super) const fn of(share: Share) -> Self {
        Self(share)
    }

    pub(super) const fn share(self) -> Share {
        self.0
    }

    /// Whether it is this one. Chance is only asked when it is: for how many others go by.
    pub(super) fn strikes(self) -> bool {
        if self.0 == Share::NONE {
            return false;
        }
        let left = LEFT.get();
        if left > 0 && self.0 < Share::ALL {
            LEFT.set(left - 1);
            return false;
        }
        LEFT.set(self.others());
        true
    }

    /// How many others go by: as if each had been decided by itself.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and saturates")]
    fn others(self) -> u32 {
        let chance: f64 = rand::random();
        ((1.0 - chance).ln() / (1.0 - self.0.as_f64()).ln()) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a thread of its own, because others count theirs.
    #[track_caller]
    fn check(share: &str, reads: u32, expected: std::ops::RangeInclusive<u32>) {
        let chance = Chance::of(share.parse().expect("a share"));
        let counting = move || (0..reads).filter(|_| chance.strikes()).count();
        let struck = std::thread::spawn(counting).join().expect("a count");
        assert!(expected.contains(&u32::try_from(struck).expect("few")), "{share}: {struck} of {reads}");
    }

    /// Within ten standard deviations.
    #[test]
    fn about_the_share_is_struck() {
        check("0", 1_000, 0..=0);
        check("1", 1_000, 1_000..=1_000);
        check("0.01", 1_000_000, 9_000..=11_000);
        check("0.9", 10_000, 8_700..=9_300);
    }
}
