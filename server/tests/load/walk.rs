//! How people walk through a library: from where to where, and how often.
//!
//! Which story: the tenth most read is opened a tenth as often as the most read (Zipf, exponent 1),
//! as library loans, page views and downloads go. The rest is a table of what comes after what.

use rand::{
    Rng,
    distr::{Distribution, weighted::WeightedIndex},
    rngs::StdRng,
};

use super::library::Library;

/// Where a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere yet, or gone.
    Away,
    Home,
    /// A genre's catalogue, by number, or that of all.
    Catalogue(Option<usize>),
    /// A story's title page; stories are numbered from the most read.
    Story(usize),
    Chapter(usize, usize),
    Community,
    Thread(usize),
}

/// Which story a person opens.
pub(crate) struct Popularity(WeightedIndex<f64>);

impl Popularity {
    /// Of so many stories.
    pub(crate) fn of(stories: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        let weights = (1..=stories).map(|rank| 1.0 / rank as f64);
        Self(WeightedIndex::new(weights).expect("stories"))
    }

    /// One of them.
    pub(crate) fn pick(&self, dice: &mut StdRng) -> usize {
        self.0.sample(dice)
    }
}

impl Place {
    /// Where one goes from here. In percent.
    pub(crate) fn next(self, library: &Library, popularity: &Popularity, dice: &mut StdRng) -> Self {
        let turn = dice.random_range(0..100);
        let story = popularity.pick(dice);
        let catalogue = Self::Catalogue(dice.random_bool(0.7).then(|| dice.random_range(0..8)));
        match self {
            // Half come by the front door, half by a link that a friend sent.
            Self::Away => match turn {
                0..25 => Self::Home,
                25..45 => catalogue,
                45..80 => Self::Story(story),
                80..95 => Self::Chapter(story, 0),
                _ => Self::Community,
            },
            Self::Home => match turn {
                0..60 => Self::Story(story),
                60..80 => catalogue,
                80..90 => Self::Community,
                _ => Self::Away,
            },
            Self::Catalogue(_) => match turn {
                0..70 => Self::Story(story),
                70..85 => catalogue,
                _ => Self::Away,
            },
            Self::Story(story) => match turn {
                0..60 => Self::Chapter(story, 0),
                60..75 => catalogue,
                _ => Self::Away,
            },
            Self::Chapter(story, chapter) => match turn {
                0..70 if chapter + 1 < library.stories[story].chapters.len() => Self::Chapter(story, chapter + 1),
                0..30 => Self::Community,
                70..80 => Self::Story(story),
                _ => Self::Away,
            },
            Self::Community => match turn {
                0..40 => Self::Thread(dice.random_range(0..library.posts.len())),
                40..70 => Self::Story(story),
                _ => Self::Away,
            },
            Self::Thread(_) => match turn {
                0..50 => Self::Community,
                _ => Self::Away,
            },
        }
    }
}

#[test]
fn the_tenth_is_opened_a_tenth_as_often() {
    use rand::SeedableRng;
    let (popularity, mut dice) = (Popularity::of(240), StdRng::seed_from_u64(1));
    let mut opened = [0_u32; 240];
    for _ in 0..100_000 {
        opened[popularity.pick(&mut dice)] += 1;
    }
    let ratio = f64::from(opened[0]) / f64::from(opened[9]);
    assert!((8.5..11.5).contains(&ratio), "{ratio}");
}
