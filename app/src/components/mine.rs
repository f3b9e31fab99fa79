//! What the page's story is to the one who looks: to a member as the library knows it, to a visitor as this browser does.

use domain::{BookmarkReport, ChapterId, MineOfStory, MyStory, Neighbour, Onward, ReadOn, StoryFront, StoryId};
use leptos::prelude::*;

use super::follow_button::Followable;
use crate::{
    bookmarks, boot,
    cache::{Reading, use_query},
    destination::Destination,
    places,
};

/// What a story is to the one who looks.
#[derive(Clone, Copy)]
pub enum Mine {
    /// To a member.
    Member(Reading<MyStory>),
    /// To a visitor: known once a script runs.
    Visitor(RwSignal<Option<BookmarkReport>>),
}

impl Mine {
    /// Of this story: called by its page.
    pub fn of(story: StoryId) -> Self {
        let Some(viewer) = boot::viewer().map(|viewer| viewer.user) else {
            let here = RwSignal::new(None);
            Effect::new(move || here.set(bookmarks::of_story(None, story)));
            return Self::Visitor(here);
        };
        Self::Member(use_query(move || MyStory { viewer, story }))
    }

    /// Where they go on, if they began it. Like the others for use inside `<Transition>`.
    pub fn read_on(self, front: &StoryFront) -> Option<ReadOn> {
        match self {
            Self::Member(mine) => known(mine).read_on,
            Self::Visitor(here) => here.with(|here| read_on(here.as_ref()?, front)),
        }
    }

    /// Whether they read a chapter to its end, as an attribute has it.
    pub fn has_read(self, chapter: ChapterId) -> Option<String> {
        match self {
            Self::Member(mine) => Some(places::has_read(chapter, known(mine).has_read(chapter))),
            Self::Visitor(here) => {
                let has_read = here.with(|here| here.as_ref().is_some_and(|here| here.read.contains(&chapter)));
                has_read.then(|| true.to_string())
            }
        }
    }

    /// Whether they follow it.
    pub fn follows(self, thing: Followable) -> bool {
        match self {
            Self::Member(mine) => thing.is_in(&known(mine)),
            Self::Visitor(_) => false,
        }
    }
}

/// Where a visitor goes on who stopped here. The story's page knows a page of its chapters; others are believed to be
/// where they were.
pub fn read_on(here: &BookmarkReport, front: &StoryFront) -> Option<ReadOn> {
    let listed = front.parts.iter().flat_map(|part| &part.chapters);
    let chapters: Vec<_> =
        listed.map(|one| Neighbour { chapter: one.chapter, number: one.number, title: one.title.clone() }).collect();
    let is_listed = chapters.iter().any(|one| one.chapter == here.mark.chapter);
    let may_be_elsewhere = front.chapters as usize > chapters.len();
    if may_be_elsewhere && !is_listed {
        let to = Neighbour { chapter: here.mark.chapter, number: here.mark.number, title: domain::Heading::default() };
        return Some(ReadOn { to, why: Onward::Within });
    }
    here.mark.read_on(&chapters)
}

/// What stands behind the address of a chapter in which one reads on.
const CONTINUE: &str = "#continue";
/// The same where that is not the chapter in which one stopped.
const NEAREST: &str = "#nearest";

/// The address where one goes on in a story, whose first chapter this is.
pub fn address(story: StoryId, first: ChapterId, read_on: Option<&ReadOn>) -> String {
    let (chapter, behind) = match read_on {
        None => (first, ""),
        Some(ReadOn { to, why }) => {
            let behind = match why {
                Onward::Within => CONTINUE,
                Onward::Next => "",
                Onward::Nearest => NEAREST,
            };
            (to.chapter, behind)
        }
    };
    format!("{}{behind}", Destination::Chapter(story, chapter))
}

/// What a link there says.
pub fn words(read_on: Option<&ReadOn>) -> String {
    match read_on {
        None => "Start reading".to_owned(),
        Some(ReadOn { to, why: Onward::Within | Onward::Next }) => format!("Continue with chapter {}", to.number),
        Some(ReadOn { to, why: Onward::Nearest }) => {
            format!("Continue with chapter {}: the one where you stopped is gone", to.number)
        }
    }
}

/// How a page was opened to read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// Where one stopped.
    AtSpot,
    /// In the nearest chapter.
    Nearest,
}

impl Opened {
    /// As what stands behind the page's address says.
    pub fn of(behind: &str) -> Option<Self> {
        match behind {
            CONTINUE => Some(Self::AtSpot),
            NEAREST => Some(Self::Nearest),
            _ => None,
        }
    }
}

fn known(mine: Reading<MyStory>) -> MineOfStory {
    mine.get().and_then(Result::ok).unwrap_or_default()
}
