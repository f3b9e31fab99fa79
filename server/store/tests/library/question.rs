//! Questions of any type, so that a table can hold them all.

use std::{future::Future, pin::Pin};

use domain::{
    Area, Bookshelf, Cast, CataloguePage, Feed, Format, Genre, Home, Key, Manuscript, MyLikes, Publications,
    ReadingPage, SceneDraft, Seq, StoryPage, Tags, Thread, UserId,
};
use serde_json::Value;
use store::{Error, Load, Store};

use super::Fixture;

/// What a person was told, or why not.
pub type Told = Result<Value, String>;

/// What a person was told through the tiers.
#[derive(Debug)]
pub struct Answered {
    pub value: Told,
    pub stale: bool,
    pub tags: Option<Tags>,
}

type Waiting<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A question of some type.
pub trait Question: Send + Sync {
    fn key(&self) -> Key;
    fn viewer(&self) -> Option<UserId>;
    fn area(&self) -> Area;
    fn through<'a>(&'a self, store: &'a Store, seen: Seq) -> Waiting<'a, Answered>;
    fn past<'a>(&'a self, store: &'a Store) -> Waiting<'a, Told>;
}

impl<Q: Load> Question for Q {
    fn key(&self) -> Key {
        domain::Query::key(self)
    }

    fn viewer(&self) -> Option<UserId> {
        domain::Query::viewer(self)
    }

    fn area(&self) -> Area {
        Q::AREA
    }

    fn through<'a>(&'a self, store: &'a Store, seen: Seq) -> Waiting<'a, Answered> {
        Box::pin(async move {
            match store.fetch(self, seen).await {
                Ok(fetched) => Answered {
                    value: told(Ok(&fetched.entry.value)),
                    stale: fetched.stale,
                    tags: Some(fetched.entry.tags.clone()),
                },
                Err(error) => Answered { value: told::<Q::Output>(Err(error)), stale: false, tags: None },
            }
        })
    }

    fn past<'a>(&'a self, store: &'a Store) -> Waiting<'a, Told> {
        Box::pin(async move {
            match store.load(self).await {
                Ok(entry) => told(Ok(&entry.value)),
                Err(error) => told::<Q::Output>(Err(error)),
            }
        })
    }
}

fn told<T: serde::Serialize>(answer: Result<&T, Error>) -> Told {
    answer.map(|value| serde_json::to_value(value).expect("JSON")).map_err(|error| error.to_string())
}

/// Every question that can be asked about what is in the library, by everybody.
pub fn every_query(fixture: &Fixture) -> Vec<Box<dyn Question>> {
    let mut all: Vec<Box<dyn Question>> = vec![Box::new(Home {})];
    for &format in Format::ALL {
        all.push(Box::new(CataloguePage::first(format, None)));
        all.push(Box::new(CataloguePage { page: 1, ..CataloguePage::first(format, None) }));
        for &genre in Genre::ALL {
            all.push(Box::new(CataloguePage::first(format, Some(genre))));
        }
    }
    for page in 0..2 {
        all.push(Box::new(Feed { about: None, page }));
        all.extend(fixture.stories.iter().map(|&story| Box::new(Feed { about: Some(story), page }) as _));
    }
    for page in 0..2 {
        all.extend(fixture.posts.iter().map(|&post| Box::new(Thread { page, ..Thread::first(post) }) as _));
    }
    all.extend(
        fixture
            .comments
            .iter()
            .map(|&under| Box::new(Thread { under: Some(under), ..Thread::first(fixture.post) }) as Box<dyn Question>),
    );
    for &story in &fixture.stories {
        all.extend((0..2).map(|page| Box::new(StoryPage { story, page }) as _));
        // Also chapters of other stories: they are not found there.
        all.extend(fixture.chapters.iter().map(|&chapter| Box::new(ReadingPage { story, chapter }) as _));
    }
    for viewer in fixture.people() {
        all.push(Box::new(Bookshelf { viewer }));
        all.push(Box::new(Publications { viewer }));
        all.push(Box::new(MyLikes { viewer }));
        for &story in &fixture.stories {
            all.push(Box::new(Manuscript { viewer, story }));
            all.push(Box::new(Cast { viewer, story }));
        }
        all.extend(fixture.scenes.iter().map(|&scene| Box::new(SceneDraft { viewer, scene }) as _));
    }
    all
}
