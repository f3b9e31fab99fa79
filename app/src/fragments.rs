//! A member's fragments: what of a page is theirs, and is put into the places of its body.

mod place;

use std::io::Write;

use abreast_server::http::Marks;
use axum::extract::Request;
use domain::{
    Answer, BegunStory, Bookmarks, Entry, Handle, LikedThings, MineOfAuthor, MineOfStory, MyAuthor, MyLikes,
    MySilences, MyStory, Query, Quire, ReadOn, Seq, SessionTag, Silence, SilencedPeople, StoryId, StoryPage, Viewer,
};
use http::{HeaderValue, header};
use leptos::prelude::RenderHtml;
use store::{Fetched, Library, SessionToken, Store};

pub use self::place::{Condition, Place};
use crate::{
    AppError,
    appearance::Appearance,
    asker::Asker,
    boot::Boot,
    components::{continued, escaped, follow_button::Followable, mine},
    destination::Destination,
    stand_in::{AsBody, STAND_IN, StandIn},
};

/// A member who asks for a page, and all that it says of them.
pub struct Member {
    asker: Asker,
    viewer: Viewer,
    session: SessionTag,
    likes: Fetched<LikedThings>,
    silences: Fetched<SilencedPeople>,
    of_page: OfPage,
    store: Store,
}

/// What is theirs on this page alone.
enum OfPage {
    Nothing,
    /// The front page: the stories that they are in the midst of.
    Home(Fetched<Vec<BegunStory>>),
    /// A story's page, or a chapter's: what the story is to them.
    Story(StoryId, Fetched<MineOfStory>),
    /// An author's page: what the author is to them.
    Author(Handle, Fetched<MineOfAuthor>),
}

impl Member {
    /// The holder of a session; `None` if there is none, or not all of what is theirs can be had as it is now.
    pub async fn recognise(store: &Store, token: SessionToken, page: &str, seen: Seq) -> Option<Self> {
        let viewer = store.known_viewer(&token).await.ok()??;
        let likes = store.fetch(&MyLikes { viewer: viewer.user }, seen).await.ok().filter(|likes| !likes.stale)?;
        let silences = store.fetch(&MySilences { by: viewer.user }, seen).await.ok().filter(|people| !people.stale)?;
        let of_page = OfPage::find(store, &viewer, page, seen).await?;
        let session = token.tag();
        let asker = Asker { viewer: Some(viewer.clone()), session: Some(token), seen, ..Asker::default() };
        Some(Self { asker, viewer, session, likes, silences, of_page, store: store.clone() })
    }

    /// Who.
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The highest position among what is theirs.
    pub fn newest(&self) -> Seq {
        let of_page = match &self.of_page {
            OfPage::Nothing => Seq::ZERO,
            OfPage::Home(begun) => begun.entry.as_of,
            OfPage::Story(_, mine) => mine.entry.as_of,
            OfPage::Author(_, mine) => mine.entry.as_of,
        };
        self.likes.entry.as_of.max(self.silences.entry.as_of).max(of_page)
    }

    /// Has a request answered with a body of theirs, or with the one that all members share.
    pub fn ask(&self, is_own: bool, request: &mut Request) -> Marks<Library> {
        // What came before is confirmed: a page is as new as that, whoever's Seen it is made with.
        let asker = if is_own {
            Asker { seen: Seq::ZERO, ..self.asker.clone() }
        } else {
            Asker { viewer: Some(STAND_IN.viewer.clone()), ..Asker::default() }
        };
        let appearance = Appearance::of_request(request.headers()).cookies();
        request.headers_mut().remove(header::COOKIE);
        if let Ok(appearance) = HeaderValue::try_from(appearance) {
            request.headers_mut().insert(header::COOKIE, appearance);
        }
        let boot = in_script(&Boot::of(&asker, &self.store));
        request.extensions_mut().insert(asker);
        request.extensions_mut().insert(AsBody);
        let StandIn { viewer, name, secret } = &*STAND_IN;
        if is_own {
            let stand_ins = vec![(boot, Place::Boot.to_string())];
            return Marks { secret: secret.clone(), stand_ins, never: vec![secret.clone()], left_out: None };
        }
        let mut stand_ins = vec![
            (boot, Place::Boot.to_string()),
            (not_asked(MyLikes { viewer: viewer.user }), Place::AllLikes.to_string()),
            (not_asked(MySilences { by: viewer.user }), Place::Silences.to_string()),
            (name.clone(), Place::Name.to_string()),
        ];
        match &self.of_page {
            OfPage::Nothing => {}
            OfPage::Home(_) => {
                stand_ins.push((not_asked(Bookmarks { reader: viewer.user }), Place::Bookmarks.to_string()));
            }
            OfPage::Story(story, _) => {
                let mine = MyStory { viewer: viewer.user, story: *story };
                stand_ins.push((not_asked(mine), Place::MyStory.to_string()));
            }
            OfPage::Author(author, _) => {
                let mine = MyAuthor { viewer: viewer.user, author: *author };
                stand_ins.push((not_asked(mine), Place::MyAuthor.to_string()));
            }
        }
        let never = vec![secret.clone(), name.clone(), viewer.user.to_string()];
        Marks { secret: secret.clone(), stand_ins, never, left_out: Some(viewer.user) }
    }

    /// Writes what belongs into a place. Into one that nobody knows, nothing.
    pub fn write(&self, place: &str, page: &mut Vec<u8>) {
        let Ok(place) = place.parse::<Place>() else { return };
        // Memory takes all bytes.
        match place {
            Place::Boot => page.extend(in_script(&self.boot()).bytes()),
            Place::AllLikes => {
                page.extend(answer(MyLikes { viewer: self.viewer.user }, &self.likes).bytes());
            }
            Place::Silences => page.extend(answer(MySilences { by: self.viewer.user }, &self.silences).bytes()),
            Place::Silence(person) => {
                let silence = self.silences.entry.value.of(person);
                page.extend(silence.map_or("none", Silence::slug).bytes());
            }
            Place::Bookmarks => {
                if let OfPage::Home(begun) = &self.of_page {
                    page.extend(answer(Bookmarks { reader: self.viewer.user }, begun).bytes());
                }
            }
            Place::MyStory => {
                if let OfPage::Story(story, mine) = &self.of_page {
                    page.extend(answer(MyStory { viewer: self.viewer.user, story: *story }, mine).bytes());
                }
            }
            Place::MyAuthor => {
                if let OfPage::Author(author, mine) = &self.of_page {
                    page.extend(answer(MyAuthor { viewer: self.viewer.user, author: *author }, mine).bytes());
                }
            }
            Place::Begun => {
                if let OfPage::Home(begun) = &self.of_page {
                    page.extend(continued(&begun.entry.value).to_html().bytes());
                }
            }
            Place::Name => page.extend(escaped(self.viewer.name.as_str()).bytes()),
            Place::Key => drop(write!(page, "{:032x}", rand::random::<u128>())),
            Place::Likes(thing) => drop(write!(page, "{}", thing.is_in(&self.likes.entry.value))),
            Place::WouldLike(thing) => drop(write!(page, "{}", !thing.is_in(&self.likes.entry.value))),
            Place::Follows(thing) => drop(write!(page, "{}", self.follows(thing))),
            Place::WouldFollow(thing) => drop(write!(page, "{}", !self.follows(thing))),
            Place::Following(thing) => page.extend(thing.words(self.follows(thing)).bytes()),
            Place::HasRead(chapter) => {
                let has_read = self.of_story().is_some_and(|(_, mine)| mine.has_read(chapter));
                drop(write!(page, "{has_read}"));
            }
            Place::ReadOnAt(first) => {
                if let Some((story, _)) = self.of_story() {
                    page.extend(mine::address(story, first, self.read_on()).bytes());
                }
            }
            Place::ReadOnWords => page.extend(mine::words(self.read_on()).bytes()),
        }
    }

    /// Whether what stands under a condition is for them. Under one that nobody knows, nothing is.
    pub fn hold(&self, condition: &str) -> bool {
        match condition.parse() {
            Ok(Condition::IsAuthor(author)) => author == self.viewer.user,
            Err(_) => false,
        }
    }

    fn boot(&self) -> Boot {
        Boot { session: Some(self.session), ..Boot::of(&self.asker, &self.store) }
    }

    fn of_story(&self) -> Option<(StoryId, &MineOfStory)> {
        match &self.of_page {
            OfPage::Story(story, mine) => Some((*story, &mine.entry.value)),
            OfPage::Nothing | OfPage::Home(_) | OfPage::Author(..) => None,
        }
    }

    fn read_on(&self) -> Option<&ReadOn> {
        self.of_story()?.1.read_on.as_ref()
    }

    fn follows(&self, thing: Followable) -> bool {
        match &self.of_page {
            OfPage::Story(_, mine) => thing.is_in(&mine.entry.value),
            OfPage::Author(_, mine) => {
                let mine = mine.entry.value;
                thing == Followable::Author(mine.author) && mine.follows
            }
            OfPage::Nothing | OfPage::Home(_) => false,
        }
    }
}

/// An answer as the page's script gets it.
fn answer<Q: Query<Nouns = Quire>>(query: Q, fetched: &Fetched<Q::Output>) -> String {
    let answer = Answer { entry: Entry::clone(&fetched.entry), stale: false, keep: fetched.keep };
    in_script(&(query, Ok::<_, AppError>(answer)))
}

impl OfPage {
    /// For the page at this address; `None` if it can't be had as it is now.
    async fn find(store: &Store, viewer: &Viewer, page: &str, seen: Seq) -> Option<Self> {
        let viewer = viewer.user;
        match Destination::of(page) {
            Some(Destination::Home) => {
                let begun = store.fetch(&Bookmarks { reader: viewer }, seen).await.ok().filter(|begun| !begun.stale)?;
                Some(Self::Home(begun))
            }
            Some(Destination::Story(StoryPage { story, .. }) | Destination::Chapter(story, _)) => {
                let mine = store.fetch(&MyStory { viewer, story }, seen).await.ok();
                Some(Self::Story(story, mine.filter(|mine| !mine.stale)?))
            }
            // What is not there is said by the page.
            Some(Destination::Author(page)) => {
                let mine = store.fetch(&MyAuthor { viewer, author: page.author }, seen).await.ok();
                Some(Self::Author(page.author, mine.filter(|mine| !mine.stale)?))
            }
            Some(
                Destination::Catalogue(_)
                | Destination::Search(_)
                | Destination::Community(_)
                | Destination::Thread(_)
                | Destination::Comment(_)
                | Destination::About
                | Destination::Rules,
            )
            | None => Some(Self::Nothing),
        }
    }
}

/// What the script of a body is told, where a member's own answer will be.
fn not_asked<Q: Query<Nouns = Quire>>(query: Q) -> String {
    in_script(&(query, Err::<Answer<Q::Output>, _>(AppError::SignedOut)))
}

/// A value as leptos hands it to a page's script.
fn in_script(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    format!("{:?}", json.replace('<', "\\u003c"))
}
