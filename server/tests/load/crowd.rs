//! Everybody: whose turn it is, and what they do.

use std::{collections::VecDeque, sync::Arc, time::Instant};

use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio::sync::Mutex;

use super::{
    Stage,
    client::Client,
    reading::Reading,
    tally::Kind,
    walk::{Place, Popularity},
    writing::{Likes, Writing},
};

/// Of so many requests …
const OF: u32 = 1_000;
/// … these are writers', …
const WRITERS: u32 = 20;
/// … these members', and the rest are visitors'.
const MEMBERS: u32 = 120;

/// Everybody.
pub(crate) struct Crowd {
    stage: Arc<Stage>,
    dice: StdRng,
    popularity: Popularity,
    writers: Vec<Arc<Client>>,
    members: Vec<Reader>,
    visitors: Vec<Reader>,
}

/// A person who walks through the library.
struct Reader {
    client: Arc<Client>,
    /// Which member it is.
    member: Option<usize>,
    at: Place,
    /// What the page still has to ask.
    asks: VecDeque<Reading>,
    likes: Arc<Mutex<Likes>>,
}

/// What a person does.
pub(crate) enum Step {
    Read(Reading),
    Write(Writing, Arc<Client>),
}

impl Step {
    /// Does it; it was due then.
    pub(crate) async fn take(self, stage: Arc<Stage>, due: Instant) {
        match self {
            Self::Read(reading) => reading.take(stage, due).await,
            Self::Write(writing, client) => writing.take(client, stage, due).await,
        }
    }
}

impl Crowd {
    /// All who take part.
    pub(crate) fn gather(stage: &Arc<Stage>) -> Self {
        let library = &stage.library;
        let desks = library.desks.iter();
        let members = library.members.iter().enumerate();
        Self {
            dice: StdRng::seed_from_u64(stage.options.seed.wrapping_add(1)),
            popularity: Popularity::of(library.stories.len()),
            writers: desks.map(|desk| Arc::new(Client::of(desk.writer.token.as_str()))).collect(),
            members: members
                .map(|(number, member)| Reader::new(Client::of(member.token.as_str()), Some(number)))
                .collect(),
            visitors: (0..stage.options.library.readers).map(|_| Reader::new(Client::default(), None)).collect(),
            stage: Arc::clone(stage),
        }
    }

    /// What happens next.
    pub(crate) fn next(&mut self) -> Step {
        let Self { stage, dice, popularity, writers, members, visitors } = self;
        match dice.random_range(0..OF) {
            0..WRITERS => write(stage, dice, writers),
            turn if turn < WRITERS + MEMBERS => {
                let member = dice.random_range(0..members.len());
                let reader = &mut members[member];
                reader.act(member, stage, popularity, dice).unwrap_or_else(|| reader.step(stage, popularity, dice))
            }
            _ => {
                let visitor = dice.random_range(0..visitors.len());
                visitors[visitor].step(stage, popularity, dice)
            }
        }
    }
}

/// A writer saves a scene each fifth time, lets a story out or takes it back each hundredth, and
/// otherwise looks at what is written.
fn write(stage: &Stage, dice: &mut StdRng, writers: &[Arc<Client>]) -> Step {
    let number = dice.random_range(0..writers.len());
    let (desk, client) = (&stage.library.desks[number], &writers[number]);
    let (place, turn) = (dice.random_range(0..desk.scenes.len()), dice.random_range(0..100));
    if turn < 25
        && let Some(pen) = desk.pen()
    {
        return Step::Write(Writing::Scene(number, place, pen), Arc::clone(client));
    }
    if turn == 25
        && desk.leaves.is_some()
        && let Some(pen) = desk.pen()
    {
        return Step::Write(Writing::Publish(number, pen), Arc::clone(client));
    }
    let path = desk.look(place, dice.random_range(0..100));
    let shows = if path.starts_with("/api/fetch_scene") { vec![desk.thing(place)] } else { vec![] };
    Step::Read(Reading { shows, ..Reading::new(client, Kind::OwnQuestion, path) })
}

impl Reader {
    fn new(client: Client, member: Option<usize>) -> Self {
        Self { client: Arc::new(client), member, at: Place::Away, asks: VecDeque::new(), likes: Arc::default() }
    }

    /// The next question: of the page at hand, or of where one goes now.
    fn step(&mut self, stage: &Stage, popularity: &Popularity, dice: &mut StdRng) -> Step {
        if let Some(asked) = self.asks.pop_front() {
            return Step::Read(asked);
        }
        // Who looks away and back again: one small question for all that is held.
        if dice.random_range(0..100) < 3
            && let Some(question) = Reading::catch_up(self.at, &stage.library, &self.client)
        {
            return Step::Read(question);
        }
        if self.at == Place::Away && self.member.is_none() {
            self.client = Arc::default();
        }
        let (from, to) = (self.at, self.at.next(&stage.library, popularity, dice));
        self.at = to;
        if from == Place::Away {
            return Step::Read(Reading::page(to, &stage.library, &self.client));
        }
        self.asks = Reading::of(to, &stage.library, &self.client, self.member).into();
        // The place of a person who leaves is taken by another.
        self.step(stage, popularity, dice)
    }

    /// What a member does beside reading, now and then.
    fn act(&self, member: usize, stage: &Stage, popularity: &Popularity, dice: &mut StdRng) -> Option<Step> {
        let turn = dice.random_range(0..OF);
        let story = popularity.pick(dice);
        let is_there = stage.library.stories[story].out.is_none();
        let pen = || Arc::clone(&self.likes).try_lock_owned().ok();
        let writing = match turn {
            0..20 if is_there => Writing::Like(member, story, pen()?),
            20..25 => Writing::LikePost(dice.random_range(0..stage.library.posts.len()), dice.random_bool(0.8)),
            25..35 => Writing::Comment(member, pen()?),
            35..37 if is_there => Writing::Post(story),
            _ => return None,
        };
        Some(Step::Write(writing, Arc::clone(&self.client)))
    }
}
